/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-books.h"
#include "practice/trestle-practice-put.h"

G_BEGIN_DECLS

/* The chapters of the books, in the order in which they are written. */
void trestle_practice_books_add_parties (TrestlePracticeBooks *self);
void trestle_practice_books_add_wares (TrestlePracticeBooks *self);
void trestle_practice_books_add_deals (TrestlePracticeBooks *self);
void trestle_practice_books_add_real (TrestlePracticeBooks *self);
void trestle_practice_books_tell (TrestlePracticeBooks *self);
void trestle_practice_books_use (TrestlePracticeBooks *self);
void trestle_practice_books_pay_out (TrestlePracticeBooks *self);
void trestle_practice_books_tell_events (TrestlePracticeBooks *self);

/** trestle_practice_books_alloc: Returns: (transfer none): zeroed memory that lives as long as the books */
gpointer trestle_practice_books_alloc (TrestlePracticeBooks *self, gsize size);
/** trestle_practice_books_text: Returns: (transfer none): a copy of @text */
const char *trestle_practice_books_text (TrestlePracticeBooks *self, const char *text);
/** trestle_practice_books_id: Returns: (transfer none): @prefix and @length letters of @alphabet that follow from @what and @of */
const char *trestle_practice_books_id (TrestlePracticeBooks *self,
                                       const char *prefix,
                                       const char *what,
                                       const char *of,
                                       gint64 number,
                                       const char *alphabet,
                                       guint length);
/** trestle_practice_books_dice: Returns: a number below @sides that follows from the seed and the rest */
guint trestle_practice_books_dice (TrestlePracticeBooks *self,
                                   const char *what,
                                   const char *of,
                                   gint64 number,
                                   guint sides);

/** trestle_practice_books_month: Returns: the first moment of the month that lies @months after that of @time */
gint64 trestle_practice_books_month (gint64 time, int months);
/** trestle_practice_books_told: Returns: when the feeds tell what happened at @time: the next day at 00:30 */
gint64 trestle_practice_books_told (gint64 time);

/** trestle_practice_books_find_party: Returns: (transfer none) (nullable): by account number */
TrestlePracticeParty *
trestle_practice_books_find_party (TrestlePracticeBooks *self, const char *number);
/** trestle_practice_books_find_ware: Returns: (transfer none) (nullable): by product id */
TrestlePracticeWare *trestle_practice_books_find_ware (TrestlePracticeBooks *self, const char *id);
TrestlePracticeWare *
trestle_practice_books_new_ware (TrestlePracticeBooks *self, const char *id, const char *title);
void trestle_practice_books_add_rate (TrestlePracticeBooks *self,
                                      TrestlePracticeWare *ware,
                                      const char *key,
                                      const char *price,
                                      gint64 from);
/** trestle_practice_books_find_bid: Returns: (transfer none) (nullable): by offer id */
TrestlePracticeBid *trestle_practice_books_find_bid (TrestlePracticeBooks *self, const char *id);
TrestlePracticeBid *trestle_practice_books_new_bid (TrestlePracticeBooks *self,
                                                    const char *id,
                                                    const char *name,
                                                    TrestlePracticeWare *ware,
                                                    TrestlePracticeParty *buyer,
                                                    gint64 since);
/** trestle_practice_books_meet: the seller has to do with @party since @time, at the latest; the feeds tell it at @told */
void trestle_practice_books_meet (TrestlePracticeParty *party, gint64 time, gint64 told);

/** trestle_practice_books_add_usage: a row of the usage feed in one version; @last: it is what is billed */
void trestle_practice_books_add_usage (TrestlePracticeBooks *self,
                                       const TrestlePracticeUsage *usage,
                                       const char *region,
                                       const TrestlePracticeFeedTimes *times,
                                       gboolean last);

/**
 * TrestlePracticeCharge:
 * @dimension: (nullable): what is charged; %NULL for a contract
 * @at: when it is invoiced
 * @seen: when the feeds tell it, 0 for the day after
 *
 * A line of an invoice.
 */
typedef struct
{
  TrestlePracticeDeal *deal;
  const char *dimension;
  TrestlePracticeAmount amount;
  gint64 at;
  gint64 seen;
  gint64 from;
  gint64 to;
} TrestlePracticeCharge;

/** trestle_practice_books_charge: invoices it with fee and taxes, and all that becomes of it but the disbursement */
void
trestle_practice_books_charge (TrestlePracticeBooks *self, const TrestlePracticeCharge *charge);
/** trestle_practice_books_event: Returns: (transfer none): @like, kept; its id is made of it and @salt */
TrestlePracticeEvent *trestle_practice_books_event (TrestlePracticeBooks *self,
                                                    const TrestlePracticeEvent *like,
                                                    const char *salt);
#define trestle_practice_alloc(self, type)                                                         \
  ((type *) trestle_practice_books_alloc ((self), sizeof (type)))

G_END_DECLS
