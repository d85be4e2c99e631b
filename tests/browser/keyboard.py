"""Somebody who has only a keyboard: Tab to get there, and keys to act."""

from datetime import date

from playwright.sync_api import Locator, Page, expect

ENOUGH = 400
FOCUSED = "element => element === document.activeElement"


class Keyboard:
    """Every step is key presses; the page is only read. What Tab does not reach fails the test."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: str | Locator) -> Locator:
        """Press Tab until the target has the focus. It begins where the focus is, and goes round the page."""
        wanted = (self.page.locator(target) if isinstance(target, str) else target).first
        element = wanted.element_handle()
        for _ in range(ENOUGH):
            if element.evaluate(FOCUSED):
                return wanted
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.page.url}: Tab does not reach {target}")

    def press(self, target: str | Locator, key: str = "Enter") -> None:
        """Reach a link, a button or a box, and press it."""
        self.reach(target)
        self.page.keyboard.press(key)

    def follow(self, target: str | Locator) -> None:
        """Press what leads to another page, and wait until that page stands."""
        self.reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, target: str | Locator, text: str) -> None:
        """Reach a field and write over what stands there."""
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def date(self, target: str | Locator, day: date) -> None:
        """Digits of a date in the order that the browser's date field takes them."""
        field = self.reach(target)
        self.page.keyboard.type(f"{day:%d%m%Y}")
        if field.input_value() != day.isoformat():
            # A Chromium without its Norwegian package takes the month first: back to the first part, and again.
            self.page.keyboard.press("Shift+Tab")
            self.page.keyboard.press("Shift+Tab")
            self.page.keyboard.type(f"{day:%m%d%Y}")
        assert field.input_value() == day.isoformat()

    def choose(self, target: str | Locator, value: str) -> None:
        """Go down a list of choices, or along radio buttons, until the value is chosen."""
        wanted = self.reach(target)
        is_radio = wanted.get_attribute("type") == "radio"
        for _ in range(ENOUGH):
            chosen = (
                "document.activeElement.checked && document.activeElement.value"
                if is_radio
                else ("document.activeElement.value")
            )
            if self.page.evaluate(chosen) == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: the arrow keys do not reach {value!r} in {target}")

    def become(self, role: str) -> None:
        """Sign out by the menu, and choose another role on the start page."""
        menu = self.page.locator(".site-header details.menu").last
        self.press(menu.locator("summary"))
        self.follow(menu.locator("button"))
        self.enter_as(role)

    def enter_as(self, role: str) -> None:
        self.follow(self.page.get_by_role("button", name=role))
        expect(self.page.locator(".who")).to_contain_text(role)
