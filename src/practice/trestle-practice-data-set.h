/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-books.h"

G_BEGIN_DECLS

/*
 * The data sets of Commerce Analytics, computed from the books as the feeds are.
 */

typedef enum
{
  TRESTLE_PRACTICE_DATA_SET_DAILY,   /* of the day before */
  TRESTLE_PRACTICE_DATA_SET_MONTHLY, /* of the month before, from the 15th on */
  TRESTLE_PRACTICE_DATA_SET_PAID,    /* of the last disbursement in 31 days */
} TrestlePracticeDataSetPeriod;

/**
 * TrestlePracticeSheet:
 * @text: what has been written so far
 * @from: first moment of what it covers
 * @to: the moment after the last
 */
typedef struct
{
  GString *text;
  guint column;
  gint64 from;
  gint64 to;
} TrestlePracticeSheet;

/**
 * TrestlePracticeDataSet:
 * @since: first date of which there is one
 * @write: (nullable): %NULL for what AWS no longer makes
 */
typedef struct
{
  const char *name;
  TrestlePracticeDataSetPeriod period;
  const char *since;
  const char *columns;
  void (*write) (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
} TrestlePracticeDataSet;

/** trestle_practice_data_set_find: Returns: (transfer none) (nullable): the one called @name */
const TrestlePracticeDataSet *trestle_practice_data_set_find (const char *name);

/** trestle_practice_data_set_cover: what one that is published on the day @date covers; Returns: whether there is such a one by @now */
gboolean trestle_practice_data_set_cover (const TrestlePracticeDataSet *self,
                                          gint64 date,
                                          gint64 now,
                                          gint64 *from,
                                          gint64 *to);

/** trestle_practice_data_set_write: Returns: (transfer full): the CSV file */
GBytes *trestle_practice_data_set_write (const TrestlePracticeDataSet *self,
                                         TrestlePracticeBooks *books,
                                         gint64 from,
                                         gint64 to);

/* Fields of a row, in order; put_end() ends it. */
void trestle_practice_sheet_text (TrestlePracticeSheet *self, const char *value);
void trestle_practice_sheet_amount (TrestlePracticeSheet *self, TrestlePracticeAmount value);
void trestle_practice_sheet_count (TrestlePracticeSheet *self, gint64 value);
void trestle_practice_sheet_date (TrestlePracticeSheet *self, gint64 time);
/** trestle_practice_sheet_place: country, state, city, postal code */
void trestle_practice_sheet_place (TrestlePracticeSheet *self, const TrestlePracticeParty *party);
/** trestle_practice_sheet_customer: account number, place, e-mail domain */
void
trestle_practice_sheet_customer (TrestlePracticeSheet *self, const TrestlePracticeParty *party);
/** trestle_practice_sheet_product: title and code */
void trestle_practice_sheet_product (TrestlePracticeSheet *self, const TrestlePracticeWare *ware);
/** trestle_practice_sheet_solution: title and id of a solution: machine-learning products have none */
void trestle_practice_sheet_solution (TrestlePracticeSheet *self);
/** trestle_practice_sheet_payer: reference and address of who pays */
void trestle_practice_sheet_payer (TrestlePracticeSheet *self, const TrestlePracticeParty *party);
/** trestle_practice_sheet_offer: id and visibility */
void trestle_practice_sheet_offer (TrestlePracticeSheet *self, const TrestlePracticeBid *bid);
void trestle_practice_sheet_end (TrestlePracticeSheet *self);

/** trestle_practice_sheet_has: Returns: whether @time is in what the sheet covers */
static inline gboolean
trestle_practice_sheet_has (const TrestlePracticeSheet *self, gint64 time)
{
  return time >= self->from && time < self->to;
}

/**
 * TrestlePracticeBill:
 * @event: one of its rows
 *
 * What one invoice asks for one agreement.
 */
typedef struct
{
  const TrestlePracticeEvent *event;
  TrestlePracticeAmount revenue;
  TrestlePracticeAmount fee;
  TrestlePracticeAmount refund;
  TrestlePracticeAmount fee_refund;
  TrestlePracticeAmount credit;
  TrestlePracticeAmount fee_credit;
  TrestlePracticeAmount tax;
  TrestlePracticeAmount tax_refund;
} TrestlePracticeBill;

/** TrestlePracticeBillFilter: Returns: whether an invoiced row belongs to a sheet's bills */
typedef gboolean (*TrestlePracticeBillFilter) (const TrestlePracticeSheet *sheet,
                                               const TrestlePracticeEvent *event,
                                               gint64 now);

/** trestle_practice_bills_new: Returns: (transfer full) (element-type TrestlePracticeBill): by invoice and agreement, in order */
GArray *trestle_practice_bills_new (TrestlePracticeBooks *books,
                                    const TrestlePracticeSheet *sheet,
                                    TrestlePracticeBillFilter filter);

static inline TrestlePracticeAmount
trestle_practice_bill_net (const TrestlePracticeBill *self)
{
  return self->revenue + self->fee + self->refund + self->fee_refund + self->credit
         + self->fee_credit;
}

/* One for each data set that AWS still makes. */
void trestle_practice_write_usage (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_fees (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_trials (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_instances (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_subscribers (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_cancelled (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_usage_deals (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_annual_deals (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_revenue (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void
trestle_practice_write_annual_revenue (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void
trestle_practice_write_demonstrations (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_schedules (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_compensation (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_taxes (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_paid (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_paid_hours (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_paid_places (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void
trestle_practice_write_age_uncollected (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_age_paid (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_age_past_due (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);
void trestle_practice_write_uncollected (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet);

G_END_DECLS
