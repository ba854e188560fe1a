/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-entity.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeEntityRow:
 *
 * An entity as ListEntities sees it: what can be filtered and sorted by, each under the name that
 * the request uses, as texts.
 */
typedef struct _TrestlePracticeEntityRow TrestlePracticeEntityRow;

TrestlePracticeEntityRow *trestle_practice_entity_row_new (const TrestlePracticeEntity *entity);
void trestle_practice_entity_row_free (TrestlePracticeEntityRow *self);

/** trestle_practice_entity_row_matches: @list: old filters; @typed: the type's member of EntityTypeFilters; either may be missing */
gboolean trestle_practice_entity_row_matches (const TrestlePracticeEntityRow *self,
                                              TrestleJson list,
                                              TrestleJson typed);

/** trestle_practice_entity_row_compare: by the first value of @name, then by identifier */
int trestle_practice_entity_row_compare (const TrestlePracticeEntityRow *a,
                                         const TrestlePracticeEntityRow *b,
                                         const char *name);

/** trestle_practice_entity_row_put: an EntitySummary */
void trestle_practice_entity_row_put (const TrestlePracticeEntityRow *self, JsonBuilder *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeEntityRow, trestle_practice_entity_row_free)

G_END_DECLS
