"""Typed blocks with three renderers: the page (`html`), tagged PDF (`pdf`) and Word (`docx`)."""
