"""Show and change the rules of the house, each change with who, when and why, above the files of the configuration."""

from plan_lifecycle.lifecycle.house_rules._change import change_setting, faults_of, take_file, try_setting, undo_setting
from plan_lifecycle.lifecycle.house_rules._changed_ladder import follow_changes
from plan_lifecycle.lifecycle.house_rules._file_changes import FileChanges, changed_indicators
from plan_lifecycle.lifecycle.house_rules._shown import ShownGroup, ShownSetting, shown_setting, shown_settings
from plan_lifecycle.lifecycle.house_rules._sources import ShownSources, shown_sources
from plan_lifecycle.lifecycle.house_rules._words import ROLE_WORDS, value_words

__all__ = [
    "ROLE_WORDS",
    "FileChanges",
    "ShownGroup",
    "ShownSetting",
    "ShownSources",
    "change_setting",
    "changed_indicators",
    "faults_of",
    "follow_changes",
    "shown_setting",
    "shown_settings",
    "shown_sources",
    "take_file",
    "try_setting",
    "undo_setting",
    "value_words",
]
