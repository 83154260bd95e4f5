"""Views in, files out: pages, charts, and the adapter that lets MkDocs wrap them."""
