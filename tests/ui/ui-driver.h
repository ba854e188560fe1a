/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "trestle-window.h"
#include "widgets/trestle-page-state.h"

G_BEGIN_DECLS

/*
 * Drives the real window on a practice account of the test's own, as a person would: by what can be seen
 * and pressed. One window and one server at a time.
 */

/** ui_init: a home of its own, GTK and the resources; ends the program with a skip without a display */
void ui_init (int *argc, char ***argv);

/** ui_forgive: warnings that begin with @warning (nullable) end no test from now on: what the test makes fail is logged */
void ui_forgive (const char *warning);

/** ui_serve: starts the practice account; @speed: how fast states change */
void ui_serve (const char *speed);

/** ui_serve_end: kills the practice account and deletes the home */
void ui_serve_end (void);

/** ui_break: makes the practice account fail; @faults: JSON as its --faults takes it */
void ui_break (const char *faults);

/** ui_cli: runs trestle-cli --practice; Returns: (transfer full): what it printed. A failure ends the test */
char *ui_cli (const char *command, ...) G_GNUC_NULL_TERMINATED;

/** ui_deploy: deploys the Iris Classifier as @name with trestle-cli and waits for it; subscribed to it is before */
void ui_deploy (const char *name);

/** ui_has: Returns: whether the practice account has an endpoint @name, as trestle-cli says */
gboolean ui_has (const char *name);

/** ui_delete_left: deletes what this installation made; Returns: how many things there were */
guint ui_delete_left (void);

/** ui_open: opens the window on the buyer's practice account and waits for Discover */
TrestleWindow *ui_open (void);

/** ui_open_seller: opens the window and changes to the seller's practice account */
TrestleWindow *ui_open_seller (void);

/** ui_close: what is still there of the window goes */
void ui_close (void);

/** ui_is_open: Returns: whether the window is there */
gboolean ui_is_open (void);

/* Waiting: turns the main loop until a condition holds. Bounded twice: by time, for what never comes, and by
 * turns, for a loop that spins. Both end the test with all that can be read in the window. */
typedef struct
{
  guint wake;
  gint64 deadline;
  guint turns;
} UiWait;

UiWait ui_wait_begin (void);
void ui_wait_turn (UiWait *wait, const char *condition, const char *where);
void ui_wait_end (UiWait *wait);

#define UI_WAIT(condition)                                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    UiWait ui_wait = ui_wait_begin ();                                                             \
    while (!(condition))                                                                           \
      ui_wait_turn (&ui_wait, #condition, G_STRLOC);                                               \
    ui_wait_end (&ui_wait);                                                                        \
  }                                                                                                \
  G_STMT_END

/*
 * Measuring: for how long the window stood still, by what the main thread worked between two turns of its loop.
 * Other programs on the machine do not count, nor does what the test itself does in the same turn: it should
 * do little.
 */
typedef struct
{
  guint source;
  gint64 last;
  gint64 longest;
} UiPulse;

/** UI_STILL_MSEC: what is longer is a stop; GTK needs half of it for the rows of one long table, with the checks of tests */
#define UI_STILL_MSEC 400

void ui_pulse_begin (UiPulse *pulse);

/** ui_pulse_end: asserts that the window stood still no longer than %UI_STILL_MSEC; @what: for people */
void ui_pulse_end (UiPulse *pulse, const char *what);

/** ui_child: Returns: (transfer none): @name of @widget's template */
gpointer ui_child (gpointer widget, const char *name);

/** ui_find: Returns: (transfer none) (nullable): the first widget of @type below @root that can be seen */
gpointer ui_find (gpointer root, GType type);

/** ui_reads: Returns: whether a text below @root that can be seen contains @text */
gboolean ui_reads (gpointer root, const char *text);

/** ui_press: waits until a button below @root whose text or tooltip begins with @label can be pressed, and does */
void ui_press (gpointer root, const char *label);

/** ui_click: waits until @button can be pressed, and does */
void ui_click (gpointer button);

/** ui_page: waits for a page of @type in the section that is shown; Returns: (transfer none) */
gpointer ui_page (GType type);

/** ui_dialog: waits for a dialog of @type; Returns: (transfer none) */
gpointer ui_dialog (GType type);

/** ui_wait_no_dialog: waits until no dialog is shown */
void ui_wait_no_dialog (void);

/** ui_activate_row: waits for the row below @root that says @text, and activates it */
void ui_activate_row (gpointer root, const char *text);

/** ui_choose_file: waits for the dialog that asks for a file to open or to save, and answers @path; NULL cancels */
void ui_choose_file (const char *path);

/** ui_act: activates @action, which @widget or one above it has: what a menu's entry or a key does */
void ui_act (gpointer widget, const char *action);

G_END_DECLS
