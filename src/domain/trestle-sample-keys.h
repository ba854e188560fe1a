/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "domain/trestle-draft.h"
#include "domain/trestle-sample-key.h"

G_BEGIN_DECLS

/* A sample may be anybody's file: so much of it is looked at. */
#define TRESTLE_SAMPLE_KEYS_BYTES (8 * 1024 * 1024)
#define TRESTLE_SAMPLE_KEYS_RECORDS 1000
#define TRESTLE_SAMPLE_KEYS_MOST 200

/**
 * trestle_sample_keys_read:
 * @sample: JSON (an object, or an array of them), JSON Lines, or CSV with a header; what it is is told by its
 *   content
 *
 * Reads the names that the records of a sample have, in the order in which they come, and what their values
 * were. What is inside of an object is `outer.inner`, of an array of objects `outer[].inner`. Blocks: for
 * the thread pool.
 *
 * Returns: (transfer full) (nullable): a #GListModel of #TrestleSampleKey, at least one;
 *   %G_IO_ERROR_INVALID_DATA says in words what the sample lacks
 */
GListModel *trestle_sample_keys_read (GBytes *sample, GError **error);

/** trestle_sample_keys_filter: Returns: (transfer full): those of @keys whose names the list at @list_path lacks */
GListModel *
trestle_sample_keys_filter (GListModel *keys, TrestleDraft *draft, const char *list_path);

/**
 * trestle_sample_keys_room: Returns: how many more parameters the list at @list_path takes
 */
guint trestle_sample_keys_room (TrestleDraft *draft, const char *list_path);

/**
 * trestle_sample_keys_add:
 * @keys: a #GListModel of #TrestleSampleKey
 *
 * Adds a parameter for each of @keys at the end of the list: its name, its constraints where the list tells
 * of such, not required, not described. What is there stays, and so does its order.
 *
 * Returns: how many were added: a name that is there already, and what the list does not take, are passed over
 */
guint trestle_sample_keys_add (TrestleDraft *draft, const char *list_path, GListModel *keys);

G_END_DECLS
