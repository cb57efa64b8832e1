"""The style sheet, made from tokens and the scale; no colour and no size is written anywhere else.

Widgets choose by dynamic properties (see `ui.theme.restyle`):
`textRole` caption · body · lead · title · display · hero, `strong` true, `tone` quiet · primary ·
done · wait · alarm · seal, `ground` card · sunken · paper · primary_soft · done_soft · wait_soft · alarm_soft.
"""

from __future__ import annotations

from ui.theme.colours import MEANINGS, Colours
from ui.theme.glyphs import glyph
from ui.theme.scale import HAIRLINE, RADIUS, RING, Scale, Type, space

_TONES = ("ink", "quiet", *MEANINGS)
_GROUNDS = tuple(f"{meaning}_soft" for meaning in MEANINGS)


def sheet(p: Colours, s: Scale) -> str:
    """The whole style sheet for one set of colours and sizes."""
    return "\n".join((_text(p, s), _grounds(p), _fields(p, s), _buttons(p, s), _views(p, s), _bars(p, s)))


def _text(p: Colours, s: Scale) -> str:
    roles = "\n".join(f'*[textRole="{t.name.lower()}"] {{ font-size: {s.px(t)}px; }}' for t in Type)
    tones = "\n".join(f'QLabel[tone="{t}"] {{ color: {getattr(p, t)}; }}' for t in _TONES)
    return f"""
QWidget {{ color: {p.ink}; font-size: {s.px(Type.BODY)}px; }}
{roles}
*[strong="true"] {{ font-weight: 700; }}
{tones}
QLabel:disabled {{ color: {p.quiet}; }}
QToolTip {{ color: {p.paper}; background: {p.ink}; border: none; padding: {space(2)}px; }}
"""


def _grounds(p: Colours) -> str:
    soft = "\n".join(
        f'QFrame[ground="{g}"] {{ background: {getattr(p, g)}; border: {HAIRLINE}px solid '
        f"{getattr(p, g.removesuffix('_soft'))}; border-radius: {RADIUS}px; }}"
        for g in _GROUNDS
    )
    return f"""
QMainWindow, QDialog {{ background: {p.paper}; }}
QFrame[ground="paper"] {{ background: {p.paper}; }}
QFrame[ground="sunken"] {{ background: {p.sunken}; border-radius: {RADIUS}px; }}
QFrame[ground="surface"] {{ background: {p.surface}; }}
QFrame[ground="card"] {{
    background: {p.surface}; border: {HAIRLINE}px solid {p.line}; border-radius: {RADIUS}px;
}}
QFrame[ground="rule"] {{ background: {p.line}; border: none; }}
{soft}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[ground="none"] {{ background: transparent; }}
"""


def _fields(p: Colours, s: Scale) -> str:
    kinds = ("QLineEdit", "QComboBox", "QAbstractSpinBox", "QPlainTextEdit", "QTextEdit")
    return f"""
{", ".join(kinds)} {{
    background: {p.surface}; color: {p.ink}; border: {HAIRLINE}px solid {p.edge};
    border-radius: {RADIUS}px; padding: {space(1)}px {space(2)}px; min-height: {s.target - space(2) - 2 * HAIRLINE}px;
    selection-background-color: {p.primary}; selection-color: {p.on_fill};
    placeholder-text-color: {p.quiet};
}}
{", ".join(k + ":focus" for k in kinds)} {{
    border: {RING}px solid {p.primary}; padding: {space(1) - 1}px {space(2) - 1}px;
}}
{", ".join(k + ":disabled" for k in kinds)} {{ background: {p.paper}; color: {p.quiet}; border-color: {p.line}; }}
{", ".join(k + '[fault="true"]' for k in kinds)} {{ border: {RING}px solid {p.alarm}; }}
QPlainTextEdit[command="true"] {{ background: {p.paper}; border-color: {p.line}; }}
QPlainTextEdit[command="true"]:focus {{ border-color: {p.primary}; }}
QComboBox QAbstractItemView {{
    background: {p.surface}; color: {p.ink}; border: {HAIRLINE}px solid {p.edge};
    selection-background-color: {p.primary_soft}; selection-color: {p.ink}; outline: none;
}}
QComboBox QAbstractItemView::item {{ min-height: {s.target}px; }}
QComboBox::drop-down {{ border: none; width: {space(8)}px; }}
QComboBox::down-arrow {{ image: url({glyph("down", p.quiet)}); width: {s.px(18)}px; height: {s.px(18)}px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: {space(8)}px; }}
QAbstractSpinBox::up-arrow {{ image: url({glyph("up", p.quiet)}); width: {s.px(16)}px; height: {s.px(16)}px; }}
QAbstractSpinBox::down-arrow {{ image: url({glyph("down", p.quiet)}); width: {s.px(16)}px; height: {s.px(16)}px; }}
QCheckBox, QRadioButton {{
    min-height: {s.target - 2 * RING}px; spacing: {space(2)}px; padding: 0 {space(1)}px;
    border: {RING}px solid transparent; border-radius: {RADIUS}px;
}}
QCheckBox:focus, QRadioButton:focus {{ border-color: {p.primary}; }}
QCheckBox::indicator, QRadioButton::indicator {{
    width: {s.px(20)}px; height: {s.px(20)}px; background: {p.surface};
    border: {HAIRLINE}px solid {p.edge}; border-radius: {space(1)}px;
}}
QRadioButton::indicator {{ border-radius: {(s.px(20) + 2 * HAIRLINE) // 2}px; }}
QCheckBox::indicator:checked {{
    background: {p.primary}; border-color: {p.primary}; image: url({glyph("tick", p.on_fill)});
}}
QRadioButton::indicator:checked {{
    background: {p.primary}; border-color: {p.primary}; image: url({glyph("point", p.on_fill)});
}}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {p.paper}; border-color: {p.line}; }}
QCheckBox::indicator:checked:disabled {{ image: url({glyph("tick", p.quiet)}); }}
QRadioButton::indicator:checked:disabled {{ image: url({glyph("point", p.quiet)}); }}
"""


def _buttons(p: Colours, s: Scale) -> str:
    return f"""
.QPushButton {{
    background: {p.surface}; color: {p.ink}; border: {HAIRLINE}px solid {p.edge}; border-radius: {RADIUS}px;
    padding: 0 {space(4)}px; min-height: {s.target - 2 * HAIRLINE}px; min-width: {s.target * 2}px;
}}
.QPushButton:hover {{ background: {p.paper}; }}
.QPushButton:pressed {{ background: {p.sunken}; }}
.QPushButton:focus {{
    border: {RING}px solid {p.primary}; padding: 0 {space(4) - HAIRLINE}px; min-height: {s.target - 2 * RING}px;
}}
.QPushButton:default {{ background: {p.primary}; color: {p.on_fill}; border-color: {p.primary}; }}
.QPushButton:default:focus {{ border: {RING}px solid {p.ink}; }}
.QPushButton:disabled {{ color: {p.quiet}; border-color: {p.line}; background: {p.paper}; }}
QMenu {{ background: {p.surface}; border: {HAIRLINE}px solid {p.edge}; padding: {space(1)}px; }}
QMenu::item {{ padding: {space(2)}px {space(6)}px {space(2)}px {space(3)}px; border-radius: {RADIUS}px; }}
QMenu::item:selected {{ background: {p.primary_soft}; color: {p.ink}; }}
QMenu::item:disabled {{ color: {p.quiet}; }}
QMenu::separator {{ height: {HAIRLINE}px; background: {p.line}; margin: {space(1)}px; }}
"""


def _views(p: Colours, s: Scale) -> str:
    return f"""
QTableView, QTreeView, QListView {{
    background: {p.surface}; color: {p.ink}; border: {HAIRLINE}px solid {p.line}; border-radius: {RADIUS}px;
    gridline-color: {p.line}; alternate-background-color: {p.paper}; outline: none;
    selection-background-color: {p.primary_soft}; selection-color: {p.ink};
}}
QTableView:focus, QTreeView:focus, QListView:focus {{ border: {RING}px solid {p.primary}; }}
QTableView::item, QTreeView::item, QListView::item {{ padding: {space(1)}px {space(2)}px; }}
QTreeView::item, QListView::item {{ min-height: {s.target - space(2)}px; }}
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {{
    background: {p.primary_soft}; color: {p.ink};
}}
QHeaderView {{ background: {p.sunken}; border: none; }}
QHeaderView::section {{
    background: {p.sunken}; color: {p.quiet}; border: none; font-size: {s.px(Type.CAPTION)}px;
    border-bottom: {HAIRLINE}px solid {p.line}; border-right: {HAIRLINE}px solid {p.line};
    padding: {space(1)}px {space(2)}px;
}}
QTableCornerButton::section {{ background: {p.sunken}; border: none; }}
QTabBar::tab {{
    background: transparent; color: {p.quiet}; padding: 0 {space(4)}px; min-height: {s.target}px;
    border-bottom: {RING}px solid transparent;
}}
QTabBar::tab:selected {{ color: {p.ink}; border-bottom-color: {p.primary}; }}
QTabBar::tab:focus {{ color: {p.primary}; }}
QTabWidget::pane {{ border: none; border-top: {HAIRLINE}px solid {p.line}; }}
"""


def _bars(p: Colours, s: Scale) -> str:
    return f"""
QTreeView::branch:closed:has-children {{ image: url({glyph("right", p.quiet)}); }}
QTreeView::branch:open:has-children {{ image: url({glyph("down", p.quiet)}); }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {space(3)}px; }}
QScrollBar:horizontal {{ height: {space(3)}px; }}
QScrollBar::handle {{ background: {p.edge}; border-radius: {space(1)}px; margin: {space(0.5)}px; }}
QScrollBar::handle:vertical {{ min-height: {s.target}px; }}
QScrollBar::handle:horizontal {{ min-width: {s.target}px; }}
QScrollBar::handle:hover {{ background: {p.quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{
    background: {p.line}; border: none; border-radius: {space(1)}px;
    min-height: {space(2)}px; max-height: {space(2)}px; text-align: center;
}}
QProgressBar::chunk {{ background: {p.primary}; border-radius: {space(1)}px; }}
QSplitter::handle {{ background: {p.line}; }}
QSplitter[quiet="true"]::handle {{ background: transparent; }}
"""
