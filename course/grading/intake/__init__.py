"""The way in: what learning platforms hand out, who is whom, and when it came."""
