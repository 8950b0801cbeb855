"""Networks of timm and torchvision as backbones, with weights from the hub or a local file."""
