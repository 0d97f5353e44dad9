"""A small trained tagger for English: who says what, by spans of source, cue and content.

Order: `tokens` cuts a paragraph -> `features` turns words into numbers -> `network` gives a score for each label ->
`decode` takes the best sequence -> `link` joins spans into attributions. The weights are arrays handed in; nothing
here opens a file.
"""
