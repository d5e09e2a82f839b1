"""What programs are given and may send, as types from which the OpenAPI document is written."""
