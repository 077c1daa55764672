"""Data without logic: icons, fonts, translations, style, presets."""
