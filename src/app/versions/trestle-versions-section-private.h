/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "versions/trestle-sample-group.h"
#include "versions/trestle-versions-section.h"
#include "widgets/trestle-finding-strip.h"

G_BEGIN_DECLS

struct _TrestleVersionsSection
{
  GtkWidget parent_instance;

  GtkStack *whole;
  GtkLabel *summary;
  GtkDropDown *chooser;
  AdwActionRow *package_row;
  GtkWidget *package_box;
  AdwBin *narrow_bin;
  GtkWidget *certified_badge;
  GtkWidget *change_button;
  TrestleFindingStrip *package_strip;
  AdwToggleGroup *parts;
  GtkStack *stack;
  AdwComboRow *realtime_row;
  AdwComboRow *batch_row;
  AdwComboRow *training_row;
  AdwSwitchRow *restrict_row;
  GtkWidget *remove_row;
  GtkWidget *role_row;
  TrestleSampleGroup *samples;

  TrestleSession *session;
  TrestleOpenDraft *open_draft;
  guint index; /* of the version that is shown */
  TrestlePackage *package;
  gboolean narrow;
  gboolean updating;

  DexFuture *describing;
  DexFuture *asking;
};

/* trestle-versions-section-show.c: the version that is shown, but for the rows that follow the draft by themselves */
void trestle_versions_section_update (TrestleVersionsSection *self);

/** trestle_versions_section_recommend: what was chosen in @row becomes the draft's */
void trestle_versions_section_recommend (AdwComboRow *row,
                                         GParamSpec *pspec,
                                         TrestleVersionsSection *self);

/** trestle_versions_section_find_part: Returns: name of the part that has @member of a version */
const char *trestle_versions_section_find_part (const char *member);

G_END_DECLS
