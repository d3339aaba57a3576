"""How the pages of a project are written: a project switches these rules on in conf.py."""
