/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft-field.h"

G_BEGIN_DECLS

extern const TrestleDraftField trestle_draft_fields[];
extern const guint trestle_draft_n_fields;

G_END_DECLS
