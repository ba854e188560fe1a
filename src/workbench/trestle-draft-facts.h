/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"
#include "domain/trestle-lint.h"
#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/**
 * TrestleDraftFacts:
 *
 * What the linter is told besides a draft: packages, logo, licence, the live listing. Private to the
 * workbench.
 */
typedef struct _TrestleDraftFacts TrestleDraftFacts;

#define TRESTLE_TYPE_DRAFT_FACTS (trestle_draft_facts_get_type ())
GType trestle_draft_facts_get_type (void) G_GNUC_CONST;
TrestleDraftFacts *trestle_draft_facts_ref (TrestleDraftFacts *self);
void trestle_draft_facts_free (TrestleDraftFacts *self);

/**
 * trestle_draft_facts_read:
 * @context: (nullable): %NULL: only files are read
 * @path: (nullable): the draft's file, beside which those that it names are
 *
 * Each fact that cannot be had is left out.
 *
 * Returns: (transfer full): resolves to #TrestleDraftFacts (boxed); does not reject
 */
DexFuture *
trestle_draft_facts_read (TrestleContext *context, TrestleDraft *draft, const char *path);

/** trestle_draft_facts_fill: @self: (nullable); @facts points into @self afterwards */
void trestle_draft_facts_fill (TrestleDraftFacts *self, TrestleLintFacts *facts);

/** trestle_draft_facts_take_live: replaces @live (a #TrestleDraft) and @visibility by what was read, if it was */
void
trestle_draft_facts_take_live (TrestleDraftFacts *self, TrestleDraft **live, char **visibility);

/** trestle_draft_facts_get_package: @self: (nullable); Returns: (transfer none) (nullable) */
TrestlePackage *trestle_draft_facts_get_package (TrestleDraftFacts *self, const char *arn);

/** trestle_draft_facts_get_packages: Returns: (transfer none) (element-type utf8 TrestlePackage): by ARN; without a value where there is none */
GHashTable *trestle_draft_facts_get_packages (TrestleDraftFacts *self);

/** trestle_draft_facts_get_bytes: Returns: (transfer none) (nullable): content of the draft's file @value, "logo.png" */
GBytes *trestle_draft_facts_get_bytes (TrestleDraftFacts *self, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleDraftFacts, trestle_draft_facts_free)

G_END_DECLS
