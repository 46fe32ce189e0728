"""The install kit for office PCs without internet: ``python -m minsheng.kit -o dist``, from a checkout."""
