"""Documents as typed blocks, and their renderers: `html.render_html`, `pdf.render_pdf`, `docx.render_docx`."""
