"""The polite downloader: what is asked of the web, at the pace each museum bears."""
