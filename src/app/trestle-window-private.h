/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trestle-change-notifier.h"
#include "trestle-keeper.h"
#include "trestle-meter.h"
#include "trestle-sidebar.h"
#include "trestle-window.h"
#include "widgets/trestle-page-state.h"

G_BEGIN_DECLS

struct _TrestleWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwNavigationSplitView *split;
  TrestleSidebar *sidebar;
  AdwNavigationPage *content_page;
  GtkStack *sections;
  TrestlePageState *opening;
  TrestleMeter *meter;

  TrestleSession *session;
  TrestleAccount *account; /* whose session is open or being opened */
  char *section;
  char *last_section[2]; /* of Buy and Sell */
  DexFuture *open;
  DexFuture *find;
  TrestleKeeper *keeper;
  TrestleChangeNotifier *notifier;
  gboolean meter_covered;
  gboolean leaving;
};

/** trestle_window_install_sessions: the actions that change the account, and what the template calls for it */
void trestle_window_install_sessions (GtkWidgetClass *widget_class);

/** trestle_window_drop_sections: they are made anew when they are shown again */
void trestle_window_drop_sections (TrestleWindow *self);

G_END_DECLS
