"""Who may write questions: as the Wagtail groups say, which follow from roles. Nobody deletes one."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class ItemPolicy(ModelPermissionPolicy):
    """Attempts lean on questions for good: a question goes out of use instead of away."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)
