"""One module a section of the site; each yields its pages."""
