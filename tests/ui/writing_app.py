"""The app at its writing page: AppTest cannot open a page made by a function."""

from assistai.ui.components.language import top_bar
from assistai.ui.pages import write

write.page(top_bar()[0])
