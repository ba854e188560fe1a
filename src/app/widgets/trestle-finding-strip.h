/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-finding.h"
#include "widgets/trestle-badge.h"

G_BEGIN_DECLS

/**
 * TrestleFindingStrip:
 *
 * A tinted strip: icon, a bold sentence, a plain one and a button that helps. Hidden while it has
 * nothing to say. Property: "action-label" (string, nullable: of the button; no button without one).
 * Signal "activated": the button.
 */
#define TRESTLE_TYPE_FINDING_STRIP (trestle_finding_strip_get_type ())
G_DECLARE_FINAL_TYPE (TrestleFindingStrip, trestle_finding_strip, TRESTLE, FINDING_STRIP, GtkWidget)

/** trestle_finding_strip_set_finding: shows @finding; %NULL hides the strip */
void trestle_finding_strip_set_finding (TrestleFindingStrip *self, TrestleFinding *finding);

/**
 * trestle_finding_strip_set_words:
 * @tone: accent for a fact, success for good news
 * @title: (nullable): the bold sentence; %NULL hides the strip
 * @body: (nullable): the plain one
 *
 * The same for what is no finding.
 */
void trestle_finding_strip_set_words (TrestleFindingStrip *self,
                                      TrestleTone tone,
                                      const char *title,
                                      const char *body);

G_END_DECLS
