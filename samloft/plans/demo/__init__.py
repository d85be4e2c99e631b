"""The demo data: three real programmes, told in our own words, entered through the same actions as a user's.

Facts and figures come from five public documents; what those do not say is left unknown or marked as assumed.
"""
