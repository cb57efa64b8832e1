"""The big screen: what the hall may see, and the proctor's page that steers it."""
