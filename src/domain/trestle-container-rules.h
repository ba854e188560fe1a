/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "domain/trestle-container-result.h"

G_BEGIN_DECLS

/* What the container checker knows without asking a container. */

/** TrestleContainerVerdict: warnings alone do not fail a container */
typedef enum
{
  TRESTLE_CONTAINER_VERDICT_PASSED,
  TRESTLE_CONTAINER_VERDICT_WARNINGS,
  TRESTLE_CONTAINER_VERDICT_FAILED,
  TRESTLE_CONTAINER_VERDICT_STOPPED,
} TrestleContainerVerdict;

/**
 * TrestleContainerCount: checks of a result by what became of them; one that fails is an error, or a
 *   warning
 */
typedef struct
{
  guint passed;
  guint errors;
  guint warnings;
  guint skipped;
  guint waiting; /* or running */
} TrestleContainerCount;

void trestle_container_count (GListModel *checks, TrestleContainerCount *count);
TrestleContainerVerdict trestle_container_verdict (TrestleContainerResult *result);

/** trestle_container_verdict_nick: Returns: "passed", "warnings", "failed" or "stopped" */
const char *trestle_container_verdict_nick (TrestleContainerVerdict verdict);

/**
 * trestle_container_check_metering:
 * @header: X-Amzn-Inference-Metering as it came
 * @units: (out): what it bills
 *
 * Returns: (transfer full) (nullable): what is wrong with it, in words; NULL where nothing is
 */
char *trestle_container_check_metering (const char *header, gint64 *units);

/**
 * trestle_container_check_parameters:
 * @text: what GET /execution-parameters answered
 * @length: its bytes
 * @multi_record: (out): whether several records come in one call
 *
 * Returns: (transfer full) (nullable): what is wrong with it, in words; NULL where nothing is
 */
char *trestle_container_check_parameters (const char *text, gsize length, gboolean *multi_record);

/**
 * trestle_container_count_records:
 *
 * Counts the results in an answer: elements of a JSON array, or of the first array in a JSON object
 * ("predictions"), else lines that are not empty.
 */
guint trestle_container_count_records (const char *text, gsize length);

/**
 * trestle_container_repeat_records:
 * @text: a sample of lines; a heading of a table is left out
 * @n: lines wanted
 *
 * Returns: (transfer full) (nullable): @n lines, the sample's own over and over; NULL where it has none
 */
GBytes *trestle_container_repeat_records (GBytes *text, guint n);

/** trestle_container_type_matches: @accept: a type, or a family of types as in an Accept header; parameters do not count */
gboolean trestle_container_type_matches (const char *type, const char *accept);

/** trestle_container_percentile: @values: (element-type gint64); Returns: the value below which @percent of them are; -1 of none */
gint64 trestle_container_percentile (GArray *values, guint percent);

/** trestle_container_format_time: Returns: (transfer full): "38 ms", "4.2 s" or "8 min" of @usec */
char *trestle_container_format_time (gint64 usec);

/** trestle_container_slowest_ping: Returns: microseconds of the slowest healthy answer; -1 of none */
gint64 trestle_container_slowest_ping (TrestleContainerResult *result);

/**
 * trestle_container_count_unroutable:
 * @text: `/proc/PID/net/snmp`, or `snmp6`
 *
 * Returns: how often something in that network wanted to go where there is no way; -1 where the text does not tell
 */
gint64 trestle_container_count_unroutable (const char *text);

/**
 * trestle_container_find_writes:
 * @changes: an engine's list of what differs from the image
 *
 * Returns: (transfer full): paths that a container should not have written to
 */
GPtrArray *trestle_container_find_writes (JsonNode *changes);

G_END_DECLS
