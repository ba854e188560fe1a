/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/trestle-report-store.h"
#include "workbench/trestle-context.h"
#include "workbench/trestle-reports.h"

G_BEGIN_DECLS

struct _TrestleReports
{
  GObject parent_instance;

  TrestleContext *context;
  TrestleReportStore *store; /* opened when it is needed first */
  char *scope;
  GListStore *parts;
  gboolean loaded;
  char *bucket;
  char *prefix;
  TrestleTask *task;
};

/** trestle_reports_open: Returns: whether the store is open */
gboolean trestle_reports_open (TrestleReports *self, GError **error);

/** trestle_reports_set_task: @task: (nullable): notifies "task" */
void trestle_reports_set_task (TrestleReports *self, TrestleTask *task);

/** trestle_reports_read_parts: resolves to TRUE when "parts" is up to date; emits "changed" */
DexFuture *trestle_reports_read_parts (TrestleReports *self, gboolean changed);

/** trestle_reports_complete_target: in a fiber; @asked: (nullable); Returns: (transfer full) (nullable): with what is missing, as far as it is known */
TrestleReportTarget *
trestle_reports_complete_target (TrestleReports *self, TrestleReportTarget *asked, GError **error);

/** trestle_reports_keep_target: remembers role and topic of an order that AWS took */
void trestle_reports_keep_target (TrestleReports *self, TrestleReportTarget *target);

G_END_DECLS
