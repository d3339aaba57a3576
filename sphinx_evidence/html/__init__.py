"""What the site gets beside its pages: copies to download, a print footer, a sitemap."""
