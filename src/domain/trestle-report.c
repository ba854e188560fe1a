/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-report.h"

#define N_CHOICES (TRESTLE_REPORT_GROUP_JURISDICTION + 1)

struct _TrestleReport
{
  GObject parent_instance;

  TrestleReportQuery *query;
  TrestleReportGroup group;
  GListStore *rows;
  GListStore *totals;
  GListStore *series;
  GListStore *alarms;
  GListStore *choices[N_CHOICES];
  guint hidden;
  gint64 n_facts;
  gint64 earliest;
  gint64 as_of;
};

G_DEFINE_FINAL_TYPE (TrestleReport, trestle_report, G_TYPE_OBJECT)

static void
trestle_report_finalize (GObject *object)
{
  TrestleReport *self = TRESTLE_REPORT (object);

  g_clear_object (&self->query);
  g_clear_object (&self->rows);
  g_clear_object (&self->totals);
  g_clear_object (&self->series);
  g_clear_object (&self->alarms);
  for (guint i = 0; i < N_CHOICES; i++)
    g_clear_object (&self->choices[i]);
  G_OBJECT_CLASS (trestle_report_parent_class)->finalize (object);
}

static void
trestle_report_class_init (TrestleReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_report_finalize;
}

static void
trestle_report_init (TrestleReport *self)
{
  self->rows = g_list_store_new (TRESTLE_TYPE_REPORT_ROW);
  self->totals = g_list_store_new (TRESTLE_TYPE_REPORT_ROW);
  self->series = g_list_store_new (TRESTLE_TYPE_REPORT_CHOICE);
  self->alarms = g_list_store_new (TRESTLE_TYPE_REPORT_ALARM);
  for (guint i = 0; i < N_CHOICES; i++)
    self->choices[i] = g_list_store_new (TRESTLE_TYPE_REPORT_CHOICE);
}

TrestleReport *
trestle_report_new (TrestleReportQuery *query, TrestleReportGroup group)
{
  TrestleReport *self = g_object_new (TRESTLE_TYPE_REPORT, NULL);

  self->query = g_object_ref (query);
  self->group = group;
  return self;
}

/** trestle_report_get_query: Returns: (transfer none): what was asked */
TrestleReportQuery *
trestle_report_get_query (TrestleReport *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT (self), NULL);
  return self->query;
}

const TrestleReportInfo *
trestle_report_get_info (TrestleReport *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT (self), NULL);
  return trestle_report_info (trestle_report_query_get_kind (self->query));
}

TrestleReportGroup
trestle_report_get_group (TrestleReport *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT (self), TRESTLE_REPORT_GROUP_NONE);
  return self->group;
}

GListModel *
trestle_report_get_rows (TrestleReport *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT (self), NULL);
  return G_LIST_MODEL (self->rows);
}

GListModel *
trestle_report_get_totals (TrestleReport *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT (self), NULL);
  return G_LIST_MODEL (self->totals);
}

GListModel *
trestle_report_get_series (TrestleReport *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT (self), NULL);
  return G_LIST_MODEL (self->series);
}

GListModel *
trestle_report_get_alarms (TrestleReport *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT (self), NULL);
  return G_LIST_MODEL (self->alarms);
}

GListModel *
trestle_report_get_choices (TrestleReport *self, TrestleReportGroup group)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT (self), NULL);
  g_return_val_if_fail ((guint) group < N_CHOICES, NULL);
  return G_LIST_MODEL (self->choices[group]);
}

void
trestle_report_hide_column (TrestleReport *self, guint column)
{
  g_return_if_fail (TRESTLE_IS_REPORT (self));
  self->hidden |= 1u << column;
}

gboolean
trestle_report_has_column (TrestleReport *self, guint column)
{
  const TrestleReportInfo *info = trestle_report_get_info (self);

  g_return_val_if_fail (info != NULL && column < info->n_columns, FALSE);
  return ((self->hidden >> column) & 1) == 0
         && (info->columns[column].groups == 0
             || ((info->columns[column].groups >> self->group) & 1));
}

void
trestle_report_set_facts (TrestleReport *self, gint64 n, gint64 earliest, gint64 as_of)
{
  g_return_if_fail (TRESTLE_IS_REPORT (self));
  self->n_facts = n;
  self->earliest = earliest;
  self->as_of = as_of;
}

gboolean
trestle_report_is_empty (TrestleReport *self, guint column)
{
  const TrestleReportInfo *info = trestle_report_get_info (self);
  GListModel *totals = trestle_report_get_totals (self);

  if (info->parts == 0 || column == info->main)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (totals); i++)
    {
      g_autoptr (TrestleReportRow) total = g_list_model_get_item (totals, i);

      if (trestle_report_row_get_value (total, column) != 0)
        return FALSE;
    }
  return TRUE;
}

gint64
trestle_report_get_n_facts (TrestleReport *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT (self), 0);
  return self->n_facts;
}

gint64
trestle_report_get_earliest (TrestleReport *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT (self), 0);
  return self->earliest;
}

gint64
trestle_report_get_as_of (TrestleReport *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT (self), 0);
  return self->as_of;
}
