/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The seller's data feeds as AWS lays them out in S3, `FEED_V1/year=YYYY/month=MM/data.csv`: which of them, and which
 * of their columns, the reports stand on. Source: seller.md 5.4, AWS's seller guide, August 2026.
 */

typedef enum
{
  TRESTLE_FEED_ACCOUNT,
  TRESTLE_FEED_ADDRESS,
  TRESTLE_FEED_AGREEMENT,
  TRESTLE_FEED_AGREEMENT_TERM,
  TRESTLE_FEED_BILLING,
  TRESTLE_FEED_USAGE,
  TRESTLE_FEED_LEGACY_ID,
  TRESTLE_FEED_OFFER_PRODUCT,
  TRESTLE_FEED_PRODUCT,
  TRESTLE_FEED_TAX,
  TRESTLE_N_FEEDS,
} TrestleFeedId;

/**
 * TrestleFeedKind:
 * @TRESTLE_FEED_TEXT: words and identifiers that are shown or come again and again
 * @TRESTLE_FEED_CURRENCY: three capital letters, kept as text is
 * @TRESTLE_FEED_KEY: an identifier that is only compared
 * @TRESTLE_FEED_TIME: UTC seconds
 * @TRESTLE_FEED_NUMBER: an exact decimal
 */
typedef enum
{
  TRESTLE_FEED_TEXT,
  TRESTLE_FEED_CURRENCY,
  TRESTLE_FEED_KEY,
  TRESTLE_FEED_TIME,
  TRESTLE_FEED_NUMBER,
} TrestleFeedKind;

typedef struct
{
  const char *name;
  TrestleFeedKind kind;
  gboolean needed; /* a file without it cannot be this feed */
} TrestleFeedColumn;

/* The columns that every feed has, before its own: which row is the valid one. */
enum
{
  TRESTLE_FEED_COLUMN_KEY,
  TRESTLE_FEED_COLUMN_VALID_FROM,
  TRESTLE_FEED_COLUMN_UPDATED,
  TRESTLE_FEED_COLUMN_DELETED,
  TRESTLE_FEED_OWN_COLUMNS,
};

#define TRESTLE_FEED_MAX_COLUMNS 32

/**
 * TrestleFeed:
 * @name: "BillingEventFeed"
 * @keys: columns that together name a row, at most two, NULL-terminated
 */
typedef struct
{
  TrestleFeedId id;
  const char *name;
  const char *keys[3];
  TrestleFeedColumn columns[TRESTLE_FEED_MAX_COLUMNS];
  guint n_columns;
} TrestleFeed;

/* Own columns, by feed. */
enum
{
  TRESTLE_ACCOUNT_ID = TRESTLE_FEED_OWN_COLUMNS,
  TRESTLE_ACCOUNT_AWS_ID,
  TRESTLE_ACCOUNT_ADDRESS,
  TRESTLE_ACCOUNT_TAX_NAME,
};

enum
{
  TRESTLE_ADDRESS_ID = TRESTLE_FEED_OWN_COLUMNS,
  TRESTLE_ADDRESS_COMPANY,
  TRESTLE_ADDRESS_EMAIL_DOMAIN,
  TRESTLE_ADDRESS_COUNTRY,
};

enum
{
  TRESTLE_AGREED_ID = TRESTLE_FEED_OWN_COLUMNS,
  TRESTLE_AGREED_STATUS,
  TRESTLE_AGREED_ACCEPTOR,
  TRESTLE_AGREED_OFFER,
  TRESTLE_AGREED_START,
  TRESTLE_AGREED_END,
  TRESTLE_AGREED_ACCEPTED,
  TRESTLE_AGREED_PRECEDING,
  TRESTLE_AGREED_PRODUCT, /* of data sets alone: the feed tells it by the offer */
};

enum
{
  TRESTLE_TERM_AGREEMENT = TRESTLE_FEED_OWN_COLUMNS,
  TRESTLE_TERM_TYPE,
};

enum
{
  TRESTLE_BILLED_FROM = TRESTLE_FEED_OWN_COLUMNS,
  TRESTLE_BILLED_USER,
  TRESTLE_BILLED_PRODUCT,
  TRESTLE_BILLED_ACTION,
  TRESTLE_BILLED_TYPE,
  TRESTLE_BILLED_PARENT,
  TRESTLE_BILLED_DISBURSEMENT,
  TRESTLE_BILLED_AMOUNT,
  TRESTLE_BILLED_CURRENCY,
  TRESTLE_BILLED_INVOICED,
  TRESTLE_BILLED_DUE,
  TRESTLE_BILLED_INVOICE,
  TRESTLE_BILLED_BANK_TRACE,
  TRESTLE_BILLED_ACTED,
  TRESTLE_BILLED_OFFER,
};

enum
{
  TRESTLE_USED_DATE = TRESTLE_FEED_OWN_COLUMNS,
  TRESTLE_USED_PRODUCT,
  TRESTLE_USED_AGREEMENT,
  TRESTLE_USED_USER,
  TRESTLE_USED_DIMENSION,
  TRESTLE_USED_UNIT,
  TRESTLE_USED_QUANTITY,
  TRESTLE_USED_CURRENCY,
  TRESTLE_USED_REVENUE,
};

enum
{
  TRESTLE_LEGACY_TYPE = TRESTLE_FEED_OWN_COLUMNS,
  TRESTLE_LEGACY_ID,
  TRESTLE_LEGACY_NEW_ID,
};

enum
{
  TRESTLE_OFFERED_OFFER = TRESTLE_FEED_OWN_COLUMNS,
  TRESTLE_OFFERED_PRODUCT,
};

enum
{
  TRESTLE_SOLD_ID = TRESTLE_FEED_OWN_COLUMNS,
  TRESTLE_SOLD_TITLE,
};

enum
{
  TRESTLE_TAXED_PRODUCT = TRESTLE_FEED_OWN_COLUMNS,
  TRESTLE_TAXED_ACCOUNT,
  TRESTLE_TAXED_COUNTRY,
  TRESTLE_TAXED_STATE,
  TRESTLE_TAXED_JURISDICTION,
  TRESTLE_TAXED_DATE,
  TRESTLE_TAXED_TYPE,
  TRESTLE_TAXED_TAXABLE,
  TRESTLE_TAXED_NONTAXABLE,
  TRESTLE_TAXED_AMOUNT,
  TRESTLE_TAXED_CURRENCY,
};

/** trestle_feed_get: Returns: (transfer none): what is known of the feed @id */
const TrestleFeed *trestle_feed_get (TrestleFeedId id);

/**
 * trestle_feed_match:
 * @path: a key of S3 or a path below a folder, with "/"
 * @month: (out) (transfer full): "2026-03"
 *
 * Folder names are matched whatever their case, as AWS says they are to be.
 *
 * Returns: (transfer none) (nullable): the feed that @path is a month of; %NULL where it is none, or one that no
 *   report needs
 */
const TrestleFeed *trestle_feed_match (const char *path, char **month);

/**
 * trestle_feed_guess:
 * @columns: names in a file's first line
 *
 * Returns: (transfer none) (nullable): the feed whose columns these are
 */
const TrestleFeed *trestle_feed_guess (const char *const *columns);

G_END_DECLS
