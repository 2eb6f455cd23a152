"""Addresses of billing, for the staff."""

from django.urls import path

from .views import charges, customers, home, invoices, payments, runs, settings

urlpatterns = [
    path("billing/", home.page, name="billing"),
    path("billing/runs/", runs.run_list, name="billing_runs"),
    path("billing/runs/<int:pk>/", runs.page, name="billing_run"),
    path("billing/runs/<int:pk>/drafts/", runs.again, name="billing_run_drafts"),
    path("billing/runs/<int:pk>/issue/", runs.issue, name="billing_run_issue"),
    path("billing/runs/<int:pk>/sending/", runs.sending, name="billing_run_sending"),
    path("billing/runs/<int:pk>/export/<str:form>/", runs.export, name="billing_run_export"),
    path("billing/invoices/", invoices.invoice_list, name="invoices"),
    path("billing/invoices/export/<str:form>/", invoices.export, name="invoices_export"),
    path("billing/invoices/<int:pk>/", invoices.page, name="invoice"),
    path("billing/invoices/<int:pk>/paper/", invoices.paper, name="invoice_paper"),
    path("billing/invoices/<int:pk>/data/<str:form>/", invoices.data, name="invoice_data"),
    path("billing/invoices/<int:pk>/issue/", invoices.issuing, name="invoice_issue"),
    path("billing/invoices/<int:pk>/discard/", invoices.discarding, name="invoice_discard"),
    path("billing/invoices/<int:pk>/sending/", invoices.sending, name="invoice_sending"),
    path("billing/invoices/<int:pk>/credit/", invoices.crediting, name="invoice_credit"),
    path("billing/charges/", charges.charge_list, name="charges"),
    path("billing/charges/export/<str:form>/", charges.export, name="charges_export"),
    path("billing/charges/new/", charges.create, name="charge_new"),
    path("billing/charges/<int:pk>/cancellation/", charges.cancellation, name="charge_cancellation"),
    path("billing/payments/", payments.payment_list, name="payments"),
    path("billing/payments/export/<str:form>/", payments.export, name="payments_export"),
    path("billing/payments/<int:pk>/", payments.page, name="payment"),
    path("billing/payments/<int:pk>/reversal/", payments.reversal, name="payment_reversal"),
    path("billing/settlements/<int:pk>/undoing/", payments.undoing, name="settlement_undoing"),
    path("billing/settings/", settings.page, name="billing_settings"),
    path("billing/settings/operators/<int:pk>/", settings.profile, name="billing_profile"),
    path("billing/settings/taxes/new/", settings.code, name="vat_code_new"),
    path("billing/settings/taxes/<int:pk>/", settings.code, name="vat_code"),
    path("billing/settings/taxes/<int:pk>/rates/", settings.rate, name="vat_rate"),
    path("billing/settings/usual/", settings.usual, name="usual_taxes"),
    path("companies/<int:pk>/billing/", customers.edit, name="company_billing"),
    path("companies/<int:pk>/billing/draft/", customers.drafting, name="company_draft"),
    path("companies/<int:pk>/payments/new/", payments.create, name="company_payment"),
]
