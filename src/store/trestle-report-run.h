/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/trestle-report-private.h"
#include "store/trestle-report-segment.h"

G_BEGIN_DECLS

/* A report while it is being calculated. Of the store alone. */

#define TRESTLE_REPORT_N_GROUPS (TRESTLE_REPORT_GROUP_JURISDICTION + 1)

/* What a filter leaves out, as the number of a member. */
#define TRESTLE_REPORT_NOBODY G_MAXUINT32

/**
 * TrestleReportMembers: the products, buyers, … that come up, numbered; those of TRESTLE_REPORT_GROUP_NONE are currencies
 */
typedef struct
{
  GPtrArray *all;  /* of TrestleReportMember */
  GHashTable *ids; /* key → number + 1 */
  const char *const *filter;
} TrestleReportMembers;

typedef struct
{
  char *key;
  char *label;
  char *detail;
  gboolean allowed;
} TrestleReportMember;

/** TrestleReportCells: sums by group, series and currency */
typedef struct _TrestleReportCells TrestleReportCells;

typedef struct
{
  sqlite3 *db;
  const char *scope;
  TrestleReportQuery *query;
  const TrestleReportInfo *info;
  TrestleReportGroup group;
  TrestleReportGroup split;
  gint64 from; /* seconds, as all times here */
  gint64 to;
  gint64 today;
  TrestleReportMembers members[TRESTLE_REPORT_N_GROUPS];
  const char *currencies[2]; /* filter of the query */
  TrestleReportCells *cells;
  TrestleReportCells *totals;

  GHashTable *titles;      /* product → title */
  GHashTable *successors;  /* legacy identifier of a product → identifier */
  GHashTable *aws_ids;     /* account → AWS account */
  GHashTable *companies;   /* account → company */
  GHashTable *countries;   /* account → country */
  GHashTable *trials;      /* agreement, where a trial is among its terms */
  GHashTable *offer_goods; /* offer → product */

  gint64 n_facts;
  gint64 earliest;
  gint64 latest;
  gboolean too_large;
  guint hidden;      /* columns that mean nothing with these filters: 1 << column */
  guint n_unmatched; /* payments for which no invoice of their currency is there */

  gint64 month_day; /* the day of which month is known */
  guint32 month;
} TrestleReportRun;

/**
 * TrestleReportFrame: a segment, read as far as was asked
 */
typedef struct
{
  guint n;
  const guint8 *current;
  TrestleReportColumn columns[TRESTLE_FEED_MAX_COLUMNS];
} TrestleReportFrame;

typedef gboolean (*TrestleReportFrameFunc) (TrestleReportRun *run,
                                            TrestleReportFrame *frame,
                                            gpointer data,
                                            GError **error);

#define TRESTLE_REPORT_WANT(column) (1u << (column))

/** trestle_report_run_each: calls @func with each segment of @feed, and the columns of @want (1 << column) */
gboolean trestle_report_run_each (TrestleReportRun *self,
                                  TrestleFeedId feed,
                                  guint32 want,
                                  TrestleReportFrameFunc func,
                                  gpointer data,
                                  GError **error);

/** trestle_report_frame_text: Returns: (transfer none): text column @column of row @row */
static inline const char *
trestle_report_frame_text (const TrestleReportFrame *frame, guint column, guint row)
{
  return frame->columns[column].words[frame->columns[column].index[row]];
}

/** trestle_report_run_load_names: reads what products, accounts and addresses are called */
gboolean trestle_report_run_load_names (TrestleReportRun *self, GError **error);

/** trestle_report_run_load_agreements: reads which offers are for which product, and which agreements have a trial */
gboolean trestle_report_run_load_agreements (TrestleReportRun *self, GError **error);

/** trestle_report_run_intern: Returns: the number of a member, made where it is not there; %TRESTLE_REPORT_NOBODY where the filter leaves it out */
guint32 trestle_report_run_intern (TrestleReportRun *self,
                                   TrestleReportGroup group,
                                   const char *key,
                                   const char *label,
                                   const char *detail);

/** trestle_report_run_find: @text: as it stands in a feed; Returns: the number of the member of @group that it means */
guint32
trestle_report_run_find (TrestleReportRun *self, TrestleReportGroup group, const char *text);

const TrestleReportMember *
trestle_report_run_member (TrestleReportRun *self, TrestleReportGroup group, guint32 id);

/** trestle_report_run_map: Returns: (transfer full): for each word of @column the number of the member of @group */
guint32 *trestle_report_run_map (TrestleReportRun *self,
                                 TrestleReportFrame *frame,
                                 TrestleReportGroup group,
                                 guint column);

/** trestle_report_month_of: Returns: months since the year 0 */
guint32 trestle_report_month_of (TrestleReportRun *self, gint64 seconds);

/**
 * TrestleReportAxes:
 *
 * Where the rows of a segment belong: by their product, buyer and so on, and by a time.
 */
typedef struct
{
  TrestleReportRun *run;
  guint n;
  struct
  {
    const guint16 *index;
    guint32 *ids;
    gboolean is_group;
    gboolean is_split;
  } axes[6];
} TrestleReportAxes;

void trestle_report_axes_add (TrestleReportAxes *self,
                              TrestleReportFrame *frame,
                              TrestleReportGroup group,
                              guint column);
void trestle_report_axes_clear (TrestleReportAxes *self);

/** trestle_report_axes_allow: Returns: whether no filter leaves row @row out; @group and @split: (out): where it belongs, but for times */
static inline gboolean
trestle_report_axes_allow (const TrestleReportAxes *self, guint row, guint32 *group, guint32 *split)
{
  for (guint i = 0; i < self->n; i++)
    {
      guint32 id = self->axes[i].ids[self->axes[i].index[row]];

      if (id == TRESTLE_REPORT_NOBODY)
        return FALSE;
      if (self->axes[i].is_group)
        *group = id;
      if (self->axes[i].is_split)
        *split = id;
    }
  return TRUE;
}

/** trestle_report_run_when: Returns: whether @time is in the period; sets @group and @split where these are times */
gboolean
trestle_report_run_when (TrestleReportRun *self, gint64 time, guint32 *group, guint32 *split);

/* Sums. */
TrestleReportCells *trestle_report_cells_new (guint n_columns);
void trestle_report_cells_free (TrestleReportCells *self);

/** trestle_report_cells_get: Returns: (transfer none): the sums of a place, @n_columns of them, all 0 at first; until the next is asked for */
TrestleDecimal *
trestle_report_cells_get (TrestleReportCells *self, guint32 group, guint32 split, guint32 currency);

guint trestle_report_cells_get_n (TrestleReportCells *self);
TrestleDecimal *trestle_report_cells_get_nth (TrestleReportCells *self,
                                              guint i,
                                              guint32 *group,
                                              guint32 *split,
                                              guint32 *currency);

/**
 * trestle_report_run_add: adds @value to a place, and to the total of its currency; there is no other way to add
 */
static inline void
trestle_report_run_add (TrestleReportRun *self,
                        guint32 group,
                        guint32 split,
                        guint32 currency,
                        guint column,
                        TrestleDecimal value)
{
  TrestleDecimal *cell = trestle_report_cells_get (self->cells, group, split, currency);
  TrestleDecimal *total = trestle_report_cells_get (self->totals, 0, 0, currency);

  self->too_large |= !trestle_decimal_add (&cell[column], value)
                     || !trestle_decimal_add (&total[column], value);
}

/* Columns of the billed revenue, which others sort transactions by too. */
enum
{
  TRESTLE_REPORT_BILLED,
  TRESTLE_REPORT_BILLED_REFUNDS,
  TRESTLE_REPORT_BILLED_FEE,
  TRESTLE_REPORT_BILLED_FEE_REFUNDS,
  TRESTLE_REPORT_BILLED_NET,
  TRESTLE_REPORT_BILLED_TAX,
};

/** trestle_report_is_invoiced: Returns: whether rows of an action are what buyers were invoiced for */
gboolean trestle_report_is_invoiced (const char *action);

/** trestle_report_billed_column: Returns: which of them a transaction_type belongs to; -1 for none */
int trestle_report_billed_column (const char *type);

/**
 * TrestleReportKeys: numbers keys from 0, in the order in which they come
 */
typedef struct
{
  GArray *keys;   /* of TrestleReportKey */
  guint32 *slots; /* number + 1 */
  gsize n_slots;
} TrestleReportKeys;

/** trestle_report_keys_intern: Returns: the number of @key, which is that of the last where it is new */
guint32 trestle_report_keys_intern (TrestleReportKeys *self, TrestleReportKey key);

/** trestle_report_keys_find: Returns: the number of @key, or -1 */
gint64 trestle_report_keys_find (TrestleReportKeys *self, TrestleReportKey key);
void trestle_report_keys_clear (TrestleReportKeys *self);

/** TrestleReportTransfer: money that went to the seller's bank */
typedef struct
{
  gint64 date;
  char *trace;
  char *currency;
  TrestleDecimal amount;
  gboolean failed;
} TrestleReportTransfer;

/**
 * TrestleReportTransfers:
 * @line_signs: below 0 where the lines of a transfer are written with the opposite sign, as AWS does
 */
typedef struct
{
  TrestleReportKeys keys;
  GArray *all; /* of TrestleReportTransfer, by the keys' numbers */
  gint64 line_signs;
  gint64 transfer_signs;
} TrestleReportTransfers;

gboolean
trestle_report_transfers_read (TrestleReportTransfers *self, TrestleReportRun *run, GError **error);
void trestle_report_transfers_clear (TrestleReportTransfers *self);

/* One function a report: adds up all rows, with the choices there are. */
gboolean trestle_report_sum_usage (TrestleReportRun *run, GError **error);
gboolean trestle_report_sum_subscribers (TrestleReportRun *run, GError **error);
gboolean trestle_report_sum_billed (TrestleReportRun *run, GError **error);
gboolean trestle_report_sum_collected (TrestleReportRun *run, GError **error);
gboolean trestle_report_sum_disbursed (TrestleReportRun *run, GError **error);
gboolean trestle_report_sum_tax (TrestleReportRun *run, GError **error);

/** trestle_report_find_alarms: adds what should be looked at to @alarms (of #TrestleReportAlarm) */
gboolean trestle_report_find_alarms (TrestleReportRun *run, GListStore *alarms, GError **error);

/** trestle_report_write_rows: makes rows, totals, series and choices of the sums */
void trestle_report_write_rows (TrestleReportRun *run, TrestleReport *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestleReportKeys, trestle_report_keys_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestleReportTransfers, trestle_report_transfers_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestleReportAxes, trestle_report_axes_clear)

G_END_DECLS
