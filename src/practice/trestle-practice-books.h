/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-feed.h"
#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/*
 * What the practice seller has sold since two years before the state's first start: computed from
 * data/practice/books.json and the state's seed, the same each time, with what the practice
 * accounts themselves have bought and used. Times are UTC microseconds; everything belongs to the books.
 */

/**
 * TrestlePracticeParty:
 * @id: what the feeds call the account
 * @object: its entry of books.json
 * @places: places of taxes in @currency
 * @payer: who pays for it, itself as a rule
 * @address: identifier of its address
 * @since: when the seller first had to do with it, 0 for never
 * @told: when the feeds first tell of it
 * @changed: when its address or its name became another, 0 for never
 */
typedef struct _TrestlePracticeParty
{
  const char *id;
  const char *number;
  JsonObject *object;
  JsonObject *tax;
  const char *currency;
  const char *broker;
  guint places;
  guint size;
  struct _TrestlePracticeParty *payer;
  const char *address;
  gint64 since;
  gint64 told;
  gint64 changed;
} TrestlePracticeParty;

/** TrestlePracticeRate: @from: since when it has been asked of new buyers */
typedef struct
{
  const char *key;
  TrestlePracticeAmount price;
  gint64 from;
} TrestlePracticeRate;

/**
 * TrestlePracticeWare:
 * @rates: (element-type TrestlePracticeRate): in dollars, as the public offer has them, oldest first
 * @upfront: price of a contract of @upfront_days; 0 where there is none
 * @since: when it came on the market
 * @ends: when it was taken off, 0 for never
 * @share: buyers in a hundred that come to it
 */
typedef struct
{
  const char *id;
  const char *code;
  const char *title;
  const char *was;
  gint64 renamed;
  gint64 since;
  gint64 told; /* 0 for the day after */
  gint64 ends;
  guint trial_days;
  GArray *rates;
  TrestlePracticeAmount upfront;
  guint upfront_days;
  guint share;
} TrestlePracticeWare;

/**
 * TrestlePracticeBid:
 * @buyer: (nullable): the account that it is for; %NULL for the public offer
 * @fee: listing fee in thousandths
 *
 * An offer.
 */
typedef struct
{
  const char *id;
  const char *name;
  TrestlePracticeWare *ware;
  TrestlePracticeParty *buyer;
  gint64 since;
  gint64 told; /* 0 for the day after */
  gint64 expires;
  guint fee;
} TrestlePracticeBid;

/** TrestlePracticeDimension: what a deal's usage is counted by; @pattern: how it is used */
typedef struct
{
  const char *key;
  TrestlePracticeAmount rate;
  guint pattern;
} TrestlePracticeDimension;

/**
 * TrestlePracticeDeal:
 * @trial_ends: until when usage costs nothing, 0 where there is no trial
 * @ends: when it ended or will end by itself, 0 for open
 * @status: what it becomes then
 * @stops: when its usage stops although it goes on, 0 for never
 * @value: what it is worth when it is accepted
 * @instalments: in how many parts a contract is paid
 * @real: an agreement of the practice accounts
 * @told: when the feeds tell of it
 * @told_end: when they tell that it ended, 0 for not yet
 *
 * An agreement.
 */
typedef struct _TrestlePracticeDeal
{
  const char *id;
  TrestlePracticeWare *ware;
  TrestlePracticeBid *bid;
  TrestlePracticeParty *buyer;
  const char *currency;
  const char *license;
  gint64 accepted;
  gint64 trial_ends;
  gint64 ends;
  gint64 stops;
  const char *status;
  const char *reason;
  struct _TrestlePracticeDeal *preceding;
  TrestlePracticeAmount value;
  guint instalments;
  GArray *dimensions;
  gboolean real;
  gint64 told;
  gint64 told_end;
} TrestlePracticeDeal;

/** TrestlePracticeUsage: a deal's usage of one dimension on one day, as it is known last; @dimension: its key */
typedef struct
{
  TrestlePracticeDeal *deal;
  const char *dimension;
  gint64 day;
  TrestlePracticeAmount quantity;
  TrestlePracticeAmount rate;
  TrestlePracticeAmount revenue;
} TrestlePracticeUsage;

/**
 * TrestlePracticeEvent:
 * @deal: (nullable): of disbursements and adjustments there is none
 * @time: when it happened
 * @seen: when it is in the feed
 * @settled: when an invoiced row was collected, 0 for never or not known yet
 * @forgiven: when it was forgiven, 0 for never
 * @payout: (nullable): the disbursement that paid it
 * @dimension: (nullable): what the line is for
 * @counts: it is a part of what the seller gets
 *
 * A row of the billing event feed.
 */
typedef struct _TrestlePracticeEvent
{
  const char *id;
  const char *action;
  const char *type;
  const struct _TrestlePracticeEvent *parent;
  struct _TrestlePracticeEvent *payout;
  TrestlePracticeParty *from;
  TrestlePracticeParty *to;
  TrestlePracticeDeal *deal;
  const char *dimension;
  TrestlePracticeAmount amount;
  const char *currency;
  const char *invoice;
  const char *broker;
  const char *trace;
  gint64 time;
  gint64 seen;
  gint64 invoiced;
  gint64 due;
  gint64 usage_from;
  gint64 usage_to;
  gint64 settled;
  gint64 forgiven;
  gboolean counts;
} TrestlePracticeEvent;

/** TrestlePracticeTax: a row of the tax item feed; @event: the tax share that it is a part of, or the revenue that is exempt */
typedef struct
{
  const char *id;
  const TrestlePracticeEvent *event;
  const char *kind;
  const char *level;
  const char *place;
  const char *rate;
  TrestlePracticeAmount taxable;
  TrestlePracticeAmount nontaxable;
  TrestlePracticeAmount amount;
  gint64 time;
} TrestlePracticeTax;

/**
 * TrestlePracticeBooks:
 * @first: the history's first day
 * @epoch: the state's first start
 * @now: until when it is told
 * @edition: how the past is made up; a state keeps the one that it began with
 * @usage: (element-type TrestlePracticeUsage): what has been told, by deal
 * @events: (element-type TrestlePracticeEvent): what has been told, in the order in which it was made
 */
typedef struct
{
  TrestlePracticeWorld *world;
  JsonObject *data;
  guint64 seed;
  gint64 first;
  gint64 epoch;
  gint64 now;
  gint64 edition;
  GPtrArray *parties;
  TrestlePracticeParty *seller;
  TrestlePracticeParty *market;
  GPtrArray *wares;
  GPtrArray *bids;
  GPtrArray *deals;
  GArray *usage;
  GPtrArray *events;
  GArray *taxes;
  TrestlePracticeFeedRows *rows;
  GStringChunk *texts;
  GPtrArray *memory;
} TrestlePracticeBooks;

/** TRESTLE_PRACTICE_BOOKS: the edition of states that begin now; from 2 on a good part of the hours is batch */
#define TRESTLE_PRACTICE_BOOKS "2"

/** trestle_practice_books_new: Returns: (transfer full): the books as of @now, and the rows of all feeds */
TrestlePracticeBooks *trestle_practice_books_new (TrestlePracticeWorld *world, gint64 now);
void trestle_practice_books_free (TrestlePracticeBooks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeBooks, trestle_practice_books_free)

G_END_DECLS
