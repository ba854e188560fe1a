/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TrestlePracticeJson TrestlePracticeJson;

TrestlePracticeJson *trestle_practice_json_new (void);
void trestle_practice_json_free (TrestlePracticeJson *self);
GBytes *trestle_practice_json_end (TrestlePracticeJson *self);
void trestle_practice_json_open (TrestlePracticeJson *self, const char *name, char bracket);
void trestle_practice_json_close (TrestlePracticeJson *self, char bracket);
void trestle_practice_json_string (TrestlePracticeJson *self, const char *name, const char *value);
void trestle_practice_json_int (TrestlePracticeJson *self, const char *name, gint64 value);
void trestle_practice_json_bool (TrestlePracticeJson *self, const char *name, gboolean value);
void trestle_practice_json_double (TrestlePracticeJson *self,
                                   const char *name,
                                   double value,
                                   guint places);
void trestle_practice_json_raw (TrestlePracticeJson *self, const char *name, const char *json);
void trestle_practice_json_line (TrestlePracticeJson *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeJson, trestle_practice_json_free)

G_END_DECLS
