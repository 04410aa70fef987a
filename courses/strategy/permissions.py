"""What a person may do with the loaded strategy: add to it, never rewrite or delete it."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

_NEVER = {"add", "delete"}


class AmendOnlyPolicy(ModelPermissionPolicy):
    """Plans and sentences come from the data file, and records lean on their codes."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in _NEVER and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return self.user_has_any_permission(user, actions)
