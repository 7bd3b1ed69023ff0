"""`course static`: the course as files, for any host of files, a USB stick, or a folder on this machine."""
