"""The pieces of a Word file. All of them load python-docx, so only `docx.render_docx` imports them."""
