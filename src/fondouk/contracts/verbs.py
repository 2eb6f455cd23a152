"""What the audit says of contracts."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

CONTRACT_IMPORTED = register(
    "contracts.contract_imported", _("Contract taken from the book %(name)s"), icon="file-import"
)
