/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * What is said of the parts of a training in one line, and in a second one where there is more
 * (%NULL where not). All: (transfer full).
 */

/** trestle_channel_dup_summary: @channel: a #TrestleTrainingChannel */
char *trestle_channel_dup_summary (gpointer channel);
char *trestle_channel_dup_detail (gpointer channel);

/** trestle_hyperparameter_dup_summary: @parameter: a #TrestleHyperparameter */
char *trestle_hyperparameter_dup_summary (gpointer parameter);
char *trestle_hyperparameter_dup_detail (gpointer parameter);

/** trestle_metric_dup_summary: @metric: a #TrestleTrainingMetric */
char *trestle_metric_dup_summary (gpointer metric);
char *trestle_metric_dup_detail (gpointer metric);

G_END_DECLS
