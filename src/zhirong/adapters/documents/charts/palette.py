"""The house's colors, named once for all charts (templates/palette.typ holds the same values)."""

INK = "#1F2933"
SECONDARY = "#52606D"
RULE = "#CBD2D9"
PAPER = "#FFFFFF"
PANEL = "#F5F7FA"
BLUE = "#1D4E89"
TEAL = "#12806A"
AMBER = "#B7791F"
RED = "#B42318"
VIOLET = "#6B4E9B"
GREY = "#7B8794"

BLUE_TINT = "#A9BDD6"
BLUE_WASH = "#E3EAF2"
GREY_TINT = "#D5DAE0"

SERIES = (BLUE, TEAL, AMBER, RED, VIOLET, GREY)
TEXT_WIDTH = 470.0  # the text column of an A4 page with margins of 22 mm, in points
HALF_WIDTH = 227.0  # one of two charts side by side, 16 points apart
