"""A newspaper page that was dumped as text: its lines, columns, captions and articles.

lines → roles → columns → paragraphs → articles
"""
