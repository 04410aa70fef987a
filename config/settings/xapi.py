"""The Learning Record Store for other systems, and handing statements on to one outside."""

from config import env
from learning.forwarding.rules import target_of

# One request, attachments included; a nginx in front must let as much through.
XAPI_MAX_BYTES = env.integer("XAPI_MAX_BYTES", 20 * 1024 * 1024)
XAPI_MAX_STATEMENTS = env.integer("XAPI_MAX_STATEMENTS", 1000)
# For each client; wrong keys are counted for each address.
XAPI_REQUESTS_A_MINUTE = env.integer("XAPI_REQUESTS_A_MINUTE", 6000)
XAPI_WRONG_KEYS_A_MINUTE = env.integer("XAPI_WRONG_KEYS_A_MINUTE", 60)
# An attachment whose bytes are not those that its digest tells is refused.
XAPI_VERIFY_ATTACHMENTS = env.boolean("XAPI_VERIFY_ATTACHMENTS", default=True)

# Outside stores: XAPI_FORWARD=region,ministry and for each XAPI_FORWARD_REGION_URL, _USER, _SECRET (or
# _SECRET_FILE) and _WHAT (own: what was learned here; all: what other systems put in, too).
XAPI_FORWARD = {
    name: {
        "url": env.required(f"XAPI_FORWARD_{name.upper()}_URL"),
        "user": env.text(f"XAPI_FORWARD_{name.upper()}_USER"),
        "secret": env.text(f"XAPI_FORWARD_{name.upper()}_SECRET"),
        "what": env.text(f"XAPI_FORWARD_{name.upper()}_WHAT", "own"),
    }
    for name in env.listing("XAPI_FORWARD", [])
}
for _name, _told in XAPI_FORWARD.items():
    # A mistyped address stops the start instead of the forwarding.
    target_of(_name, _told)
XAPI_FORWARD_TIMEOUT_SECONDS = env.integer("XAPI_FORWARD_TIMEOUT_SECONDS", 15)
