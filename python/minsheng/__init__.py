"""民生实事台账: a county's yearly 民生实事项目 run inside Excel."""

__version__ = "0.2.0"
