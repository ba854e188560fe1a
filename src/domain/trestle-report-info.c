/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include <glib/gi18n.h>

#include "domain/trestle-report.h"

#define AMOUNT TRESTLE_REPORT_AMOUNT
#define QUANTITY TRESTLE_REPORT_QUANTITY
#define COUNT TRESTLE_REPORT_COUNT
#define BY(group) (1u << TRESTLE_REPORT_GROUP_##group)

/* A bank transfer is for many lines at once. */
#define WHOLE_TRANSFERS (BY (MONTH) | BY (DAY) | BY (DISBURSEMENT))

static const TrestleReportInfo infos[] = {
  { TRESTLE_REPORT_KIND_DAILY_USAGE,
    "daily-usage",
    N_ ("Daily Usage"),
    N_ ("What buyers used, as it was metered, and what it is expected to bring"),
    NULL,
    TRESTLE_REPORT_GROUP_DAY,
    BY (MONTH) | BY (DAY) | BY (PRODUCT) | BY (INSTANCE) | BY (BUYER) | BY (COUNTRY),
    6,
    1u << 2 | 1u << 3 | 1u << 4 | 1u << 5,
    7,
    { { "hours", N_ ("Hours"), QUANTITY, 0 },
      { "requests", N_ ("Requests"), COUNT, 0 },
      { "real-time", N_ ("Real-Time"), AMOUNT, 0 },
      { "batch", N_ ("Batch"), AMOUNT, 0 },
      { "training", N_ ("Training"), AMOUNT, 0 },
      { "per-request", N_ ("Per Request"), AMOUNT, 0 },
      { "estimated-revenue", N_ ("Estimated Revenue"), AMOUNT, 0 } } },
  { TRESTLE_REPORT_KIND_SUBSCRIBERS,
    "subscribers",
    N_ ("Subscribers"),
    N_ ("Subscriptions that began, that ended, and that began with a free trial"),
    NULL,
    TRESTLE_REPORT_GROUP_MONTH,
    BY (MONTH) | BY (DAY) | BY (PRODUCT) | BY (BUYER) | BY (COUNTRY),
    0,
    0,
    4,
    { { "new", N_ ("New"), COUNT, 0 },
      { "ended", N_ ("Ended"), COUNT, 0 },
      { "trials", N_ ("With Trial"), COUNT, 0 },
      { "active", N_ ("Active at the End"), COUNT,
        BY (MONTH) | BY (PRODUCT) | BY (BUYER) | BY (COUNTRY) } } },
  { TRESTLE_REPORT_KIND_BILLED_REVENUE,
    "billed-revenue",
    N_ ("Billed Revenue"),
    N_ ("What buyers were invoiced for, AWS's fee, and what is left"),
    NULL,
    TRESTLE_REPORT_GROUP_MONTH,
    BY (MONTH) | BY (DAY) | BY (PRODUCT) | BY (BUYER) | BY (COUNTRY) | BY (INVOICE),
    0,
    0,
    6,
    { { "billed", N_ ("Billed"), AMOUNT, 0 },
      { "refunds", N_ ("Refunds"), AMOUNT, 0 },
      { "aws-fee", N_ ("AWS Fee"), AMOUNT, 0 },
      { "fee-refunds", N_ ("Fee Refunds"), AMOUNT, 0 },
      { "net", N_ ("Net"), AMOUNT, 0 },
      { "tax", N_ ("Tax"), AMOUNT, 0 } } },
  { TRESTLE_REPORT_KIND_COLLECTED,
    "collected",
    N_ ("Collected and Overdue"),
    N_ ("What buyers have paid of their invoices, and what is overdue"),
    NULL,
    TRESTLE_REPORT_GROUP_MONTH,
    BY (MONTH) | BY (DAY) | BY (PRODUCT) | BY (BUYER) | BY (COUNTRY) | BY (INVOICE),
    4,
    0,
    10,
    { { "invoiced", N_ ("Invoiced"), AMOUNT, 0 },
      { "collected", N_ ("Collected"), AMOUNT, 0 },
      { "forgiven", N_ ("Forgiven"), AMOUNT, 0 },
      { "open", N_ ("Open"), AMOUNT, 0 },
      { "overdue", N_ ("Overdue"), AMOUNT, 0 },
      { "overdue-30", N_ ("1–30 Days"), AMOUNT, 0 },
      { "overdue-60", N_ ("31–60 Days"), AMOUNT, 0 },
      { "overdue-90", N_ ("61–90 Days"), AMOUNT, 0 },
      { "overdue-120", N_ ("91–120 Days"), AMOUNT, 0 },
      { "overdue-more", N_ ("Longer"), AMOUNT, 0 } } },
  { TRESTLE_REPORT_KIND_DISBURSEMENT,
    "disbursement",
    N_ ("Disbursement"),
    N_ ("What was paid out to the bank account, with the bank's trace, and what it was for"),
    NULL,
    TRESTLE_REPORT_GROUP_DISBURSEMENT,
    BY (MONTH) | BY (DAY) | BY (PRODUCT) | BY (BUYER) | BY (COUNTRY) | BY (DISBURSEMENT),
    5,
    0,
    8,
    { { "revenue", N_ ("Revenue"), AMOUNT, 0 },
      { "refunds", N_ ("Refunds"), AMOUNT, 0 },
      { "aws-fee", N_ ("AWS Fee"), AMOUNT, 0 },
      { "tax", N_ ("Tax"), AMOUNT, 0 },
      { "adjustments", N_ ("Adjustments"), AMOUNT, 0 },
      { "net", N_ ("Net"), AMOUNT, 0 },
      { "paid", N_ ("Paid Out"), AMOUNT, WHOLE_TRANSFERS },
      { "failed", N_ ("Failed"), AMOUNT, WHOLE_TRANSFERS } } },
  { TRESTLE_REPORT_KIND_TAX,
    "tax",
    N_ ("Tax"),
    N_ ("Sales and use tax that was worked out for invoices"),
    NULL,
    TRESTLE_REPORT_GROUP_MONTH,
    BY (MONTH) | BY (DAY) | BY (PRODUCT) | BY (BUYER) | BY (COUNTRY) | BY (JURISDICTION),
    2,
    0,
    3,
    { { "taxable", N_ ("Taxable"), AMOUNT, 0 },
      { "nontaxable", N_ ("Not Taxable"), AMOUNT, 0 },
      { "tax", N_ ("Tax"), AMOUNT, 0 } } },
  { TRESTLE_REPORT_KIND_REF_TAGS,
    "ref-tags",
    N_ ("Ref Tags"),
    N_ ("Which links brought buyers"),
    N_ ("AWS has ended this report, and no data feed has its numbers. The nearest is the "
        "listing-performance dashboard of the AWS Marketplace Management Portal, for members of "
        "Seller Prime."),
    TRESTLE_REPORT_GROUP_MONTH,
    0,
    0,
    0,
    0,
    { { NULL } } },
};

const TrestleReportInfo *
trestle_report_info (TrestleReportKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (infos), NULL);
  return &infos[kind];
}

const TrestleReportInfo *
trestle_report_info_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    if (g_strcmp0 (infos[i].name, name) == 0)
      return &infos[i];
  return NULL;
}

int
trestle_report_info_find_column (const TrestleReportInfo *self, const char *name)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (g_strcmp0 (self->columns[i].name, name) == 0)
      return (int) i;
  return -1;
}

const char *
trestle_report_group_get_title (TrestleReportGroup group)
{
  switch (group)
    {
    case TRESTLE_REPORT_GROUP_MONTH:
      return N_ ("Month");
    case TRESTLE_REPORT_GROUP_DAY:
      return N_ ("Day");
    case TRESTLE_REPORT_GROUP_PRODUCT:
      return N_ ("Product");
    case TRESTLE_REPORT_GROUP_INSTANCE:
      return N_ ("Instance Type");
    case TRESTLE_REPORT_GROUP_BUYER:
      return N_ ("Buyer");
    case TRESTLE_REPORT_GROUP_COUNTRY:
      return N_ ("Country");
    case TRESTLE_REPORT_GROUP_INVOICE:
      return N_ ("Invoice");
    case TRESTLE_REPORT_GROUP_DISBURSEMENT:
      return N_ ("Disbursement");
    case TRESTLE_REPORT_GROUP_JURISDICTION:
      return N_ ("Jurisdiction");
    case TRESTLE_REPORT_GROUP_NONE:
    default:
      return N_ ("Currency");
    }
}
