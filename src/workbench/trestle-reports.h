/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "domain/trestle-report-fetch.h"
#include "domain/trestle-report-part.h"
#include "domain/trestle-report-target.h"
#include "domain/trestle-report.h"
#include "workbench/trestle-task.h"

G_BEGIN_DECLS

/**
 * TrestleReports:
 *
 * What the seller earns: the account's data feeds, kept on this computer, and the reports made of them. Once
 * fetched they need no network. What reports there are says trestle_report_info().
 *
 * Properties: "parts" (#GListModel of #TrestleReportPart: which months are kept; empty until
 * trestle_reports_load()), "loaded" (boolean), "bucket" and "prefix" (strings, nullable: where the feeds are in S3),
 * "task" (#TrestleTask, nullable: the reading that runs). Signal "changed": other months are kept now, so reports
 * are to be asked for again.
 */
#define TRESTLE_TYPE_REPORTS (trestle_reports_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReports, trestle_reports, TRESTLE, REPORTS, GObject)

/** trestle_reports_load: reads which months are kept, and where the feeds are; resolves to TRUE */
DexFuture *trestle_reports_load (TrestleReports *self);

/** trestle_reports_get_parts: Returns: (transfer none): a #GListModel of #TrestleReportPart */
GListModel *trestle_reports_get_parts (TrestleReports *self);

/** trestle_reports_is_loaded: Returns: whether "parts" says what is kept */
gboolean trestle_reports_is_loaded (TrestleReports *self);

/** trestle_reports_get_read: Returns: when something was read last, UTC microseconds; 0 for never */
gint64 trestle_reports_get_read (TrestleReports *self);

/** trestle_reports_get_notice: Returns: (transfer none) (nullable): what happened to a file that could not be read */
const char *trestle_reports_get_notice (TrestleReports *self);

/**
 * trestle_reports_get_bucket:
 *
 * Returns: (transfer none) (nullable): the bucket to which AWS delivers the feeds; known by itself on the practice
 *   account, %NULL where it has to be asked for
 */
const char *trestle_reports_get_bucket (TrestleReports *self);

/** trestle_reports_get_prefix: Returns: (transfer none) (nullable): what the keys begin with, before "BillingEventFeed_V1/" */
const char *trestle_reports_get_prefix (TrestleReports *self);

/**
 * trestle_reports_set_bucket:
 * @bucket: (nullable): %NULL or "" to forget it
 * @prefix: (nullable): what the keys begin with
 *
 * Remembers, for this account, where the feeds are.
 *
 * Returns: whether @bucket can be the name of one; %TRESTLE_WORKBENCH_ERROR_INPUT
 */
gboolean trestle_reports_set_bucket (TrestleReports *self,
                                     const char *bucket,
                                     const char *prefix,
                                     GError **error);

/**
 * trestle_reports_fetch:
 *
 * Reads from S3 what is new or has changed since, month by month. Each month is kept as soon as it is read, so that
 * it can be stopped, or fail, at any time, and the next one goes on from there (ListObjectsV2, GetObject; the keys
 * need s3:ListBucket, s3:GetObject and kms:Decrypt). While one runs it is returned again.
 *
 * Returns: (transfer full): a task (steps looked, read, worked out) whose result is a #TrestleReportFetch; without
 *   a bucket it fails with %TRESTLE_WORKBENCH_ERROR_INPUT
 */
TrestleTask *trestle_reports_fetch (TrestleReports *self);

/**
 * trestle_reports_read_files:
 * @file: a folder laid out as the bucket is, or with files of data feeds in it; or one such file
 *
 * Returns: (transfer full): the same for files on this computer
 */
TrestleTask *trestle_reports_read_files (TrestleReports *self, GFile *file);

/**
 * trestle_reports_suggest_target:
 *
 * What an order needs, as far as the account tells: the feeds' bucket, the role that enrolling makes, the topic that
 * was named before; and what else there is (ListBuckets, ListRoles).
 *
 * Returns: (transfer full): resolves to a #TrestleReportTarget; what may not be listed is missing
 */
DexFuture *trestle_reports_suggest_target (TrestleReports *self);

/**
 * trestle_reports_order:
 * @set: one of trestle_data_set_names()
 * @date: UTC microseconds, midnight: a daily set is of the day before, a monthly one of the month before
 * @target: (nullable): where to; what is missing is taken as trestle_reports_suggest_target() has it
 *
 * Has the Commerce Analytics Service write a data set into the bucket, waits for it, and reads it. It counts where
 * there is no data feed of the same. Stopping ends the waiting; trestle_reports_fetch() finds it later, if it is in
 * the bucket of the feeds (GenerateDataSet, HeadObject, GetObject).
 *
 * Returns: (transfer full): a task whose result is a #TrestleReportFetch. Its steps are ordered (detail: the
 *   request's identifier), written (where the file will be) and read
 */
TrestleTask *trestle_reports_order (TrestleReports *self,
                                    const char *set,
                                    gint64 date,
                                    TrestleReportTarget *target);

/** trestle_reports_get_task: Returns: (transfer none) (nullable): the reading that runs */
TrestleTask *trestle_reports_get_task (TrestleReports *self);

/**
 * trestle_reports_query:
 * @query: what is asked
 *
 * Calculates off the main thread from what is kept.
 *
 * Returns: (transfer full): resolves to a #TrestleReport, without rows where nothing is kept; rejects with
 *   %TRESTLE_WORKBENCH_ERROR_INPUT where there is no such report (ref tags have ended: the message says so), or it
 *   cannot be told apart so
 */
DexFuture *trestle_reports_query (TrestleReports *self, TrestleReportQuery *query);

/** trestle_reports_forget: deletes all that is kept for this account; resolves to TRUE */
DexFuture *trestle_reports_forget (TrestleReports *self);

G_END_DECLS
