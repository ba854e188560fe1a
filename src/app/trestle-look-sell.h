/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is opened from a page of the seller's side once that has settled, for its picture. */

/* of the form of a new package */
void trestle_look_bucket (GtkWidget *page);

/* of the form of an algorithm */
void trestle_look_channel (GtkWidget *page);
void trestle_look_hyperparameter (GtkWidget *page);
void trestle_look_metric (GtkWidget *page);

/* of a listing's editor */
void trestle_look_parameters (GtkWidget *page);
void trestle_look_parameter (GtkWidget *page);
void trestle_look_from_sample (GtkWidget *page);
void trestle_look_new_version (GtkWidget *page);
void trestle_look_similar (GtkWidget *page);

/** trestle_look_trials: tries the samples, with nobody there to answer */
void trestle_look_trials (GtkWidget *page);

G_END_DECLS
