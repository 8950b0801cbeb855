"""SKOS (W3C Recommendation, 2009), both ways: the one codec of the house. Only this folder imports rdflib."""
