"""Pictures: what is drawn as SVG, purely, and made a PNG where a Chinese font is."""
