import pytest

from samloft.core.documents.docx import render_docx
from samloft.core.documents.html import render_standalone_html
from samloft.core.documents.pdf import render_pdf
from tests.core.documents.plan import HOSTILE, plan
from tests.core.documents.reading import amounts, docx_text, html_text, pdf_text, words


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_page_pdf_and_word_have_the_same_words_in_the_same_order(language):
    document = plan(language=language, contents=False)
    page = words(html_text(render_standalone_html(document)))
    assert len(page) > 300
    assert words(docx_text(render_docx(document))) == page
    assert words(pdf_text(render_pdf(document))) == page


def test_page_pdf_and_word_have_the_same_amounts():
    document = plan(contents=False)
    page = amounts(html_text(render_standalone_html(document)))
    assert page.count("7\u00a0795\u00a0000\u00a0kr") == 2
    assert amounts(docx_text(render_docx(document))) == page
    assert amounts(pdf_text(render_pdf(document))) == page


def test_typed_text_that_looks_like_code_is_only_text_everywhere():
    document = plan(contents=False)
    assert HOSTILE in html_text(render_standalone_html(document))
    assert "<script" not in render_standalone_html(document)
    assert HOSTILE in docx_text(render_docx(document))
    assert words(HOSTILE) == words(pdf_text(render_pdf(document)))[-len(words(HOSTILE)) :]


def test_the_same_document_gives_the_same_bytes_again():
    assert render_pdf(plan()) == render_pdf(plan())
    assert render_docx(plan()) == render_docx(plan())
