"""References as programs exchange them: read from and written as BibTeX, RIS, NBIB and CSL-JSON.

An item of CSL is what all of them have in common.
"""
