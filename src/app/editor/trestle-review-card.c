/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-review-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-difference.h"
#include "domain/trestle-draft-field.h"
#include "domain/trestle-finding.h"
#include "domain/trestle-submitted-change.h"
#include "editor/trestle-difference-lines.h"
#include "widgets/trestle-change-words.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-widget.h"

/* A card is to be read at a glance; the whole is in the code beside it. */
#define MAX_DIFFERENCES 8

struct _TrestleReviewCard
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *change_type;
  GtkLabel *words;
  GtkBox *differences;
  GtkBox *findings;
  GtkLabel *checked;

  TrestleChange *change;
};

static guint field_chosen_signal;

G_DEFINE_FINAL_TYPE (TrestleReviewCard, trestle_review_card, GTK_TYPE_WIDGET)

TrestleChange *
trestle_review_card_get_change (TrestleReviewCard *self)
{
  g_return_val_if_fail (TRESTLE_IS_REVIEW_CARD (self), NULL);
  return self->change;
}

static void
add_difference (TrestleReviewCard *self, TrestleDifference *difference)
{
  const char *before = trestle_difference_get_theirs (difference);

  if (before == NULL)
    before = trestle_difference_get_base (difference);
  gtk_box_append (self->differences,
                  trestle_difference_lines_new (trestle_difference_get_label (difference), before,
                                                trestle_difference_get_mine (difference)));
}

/* Whether the field at @path is set by changes of @change's kind. */
static gboolean
is_of_change (TrestleChange *change, const char *path)
{
  const TrestleDraftField *field = trestle_draft_field_find (path);
  gboolean offer = g_str_has_prefix (trestle_change_get_entity_type (change), "Offer");

  if (field == NULL || field->change == NULL)
    return FALSE;
  return g_str_equal (field->change, trestle_change_get_change_type (change))
         && (field->entity == TRESTLE_DRAFT_ENTITY_OFFER) == offer;
}

static void
fill_differences (TrestleReviewCard *self, GPtrArray *differences)
{
  guint n = 0;
  g_autofree char *more = NULL;
  GtkWidget *label;

  for (guint i = 0; i < differences->len; i++)
    {
      TrestleDifference *difference = g_ptr_array_index (differences, i);

      if (trestle_difference_get_incoming (difference)
          || !is_of_change (self->change, trestle_difference_get_path (difference)))
        continue;
      if (++n <= MAX_DIFFERENCES)
        add_difference (self, difference);
    }
  if (n <= MAX_DIFFERENCES)
    return;
  more = g_strdup_printf (g_dngettext (NULL, "and %u more", "and %u more", n - MAX_DIFFERENCES),
                          n - MAX_DIFFERENCES);
  label = gtk_label_new (more);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (self->differences, label);
}

static void
fill_words (TrestleReviewCard *self)
{
  const char *const *words = trestle_change_get_words (self->change);
  const char *type = trestle_change_get_change_type (self->change);
  g_autofree char *rest = NULL;

  gtk_label_set_label (self->change_type, type);
  if (words == NULL || words[0] == NULL)
    gtk_label_set_label (self->title, type);
  else if (words[1] != NULL && g_str_equal (type, "UpdateInformation"))
    {
      /* field by field it is told below */
      g_autoptr (TrestleSubmittedChange)
          kind = g_object_new (TRESTLE_TYPE_SUBMITTED_CHANGE, "change-type", type, "entity-type",
                               trestle_change_get_entity_type (self->change), NULL);
      g_autofree char *title = trestle_change_words_kind (kind);

      gtk_label_set_label (self->title, title);
    }
  else
    {
      gtk_label_set_label (self->title, words[0]);
      rest = g_strjoinv ("\n", (char **) words + 1);
    }
  gtk_label_set_label (self->words, rest != NULL ? rest : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), rest != NULL && *rest != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (self->title), -1);
  /* VALIDATE is not there for the others, and nothing here pretends that it is. */
  gtk_label_set_label (self->checked, trestle_change_set_can_validate (self->change)
                                          ? _ ("Checked here; AWS can try it before it is sent")
                                          : _ ("Checked here; AWS checks it after it was sent"));
}

static void
on_strip (TrestleReviewCard *self, GtkWidget *strip)
{
  g_signal_emit (self, field_chosen_signal, 0,
                 (const char *) g_object_get_data (G_OBJECT (strip), "field"));
}

void
trestle_review_card_set_findings (TrestleReviewCard *self, GPtrArray *findings)
{
  GtkWidget *child;

  g_return_if_fail (TRESTLE_IS_REVIEW_CARD (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->findings))) != NULL)
    gtk_box_remove (self->findings, child);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      TrestleFinding *finding = g_ptr_array_index (findings, i);
      GtkWidget *strip = g_object_new (TRESTLE_TYPE_FINDING_STRIP, NULL);

      trestle_finding_strip_set_finding (TRESTLE_FINDING_STRIP (strip), finding);
      if (*trestle_finding_get_field (finding) != '\0')
        g_object_set (strip, "action-label", _ ("Show Field"), NULL);
      g_object_set_data_full (G_OBJECT (strip), "field",
                              g_strdup (trestle_finding_get_field (finding)), g_free);
      g_signal_connect_object (strip, "activated", G_CALLBACK (on_strip), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->findings, strip);
    }
}

static void
trestle_review_card_dispose (GObject *object)
{
  TrestleReviewCard *self = TRESTLE_REVIEW_CARD (object);

  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_REVIEW_CARD);
  g_clear_object (&self->change);
  G_OBJECT_CLASS (trestle_review_card_parent_class)->dispose (object);
}

static void
trestle_review_card_class_init (TrestleReviewCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_review_card_dispose;
  field_chosen_signal = g_signal_new ("field-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/editor/trestle-review-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewCard, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewCard, change_type);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewCard, words);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewCard, differences);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewCard, findings);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewCard, checked);
}

static void
trestle_review_card_init (TrestleReviewCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_review_card_new (TrestleChange *change, GPtrArray *differences)
{
  TrestleReviewCard *self = g_object_new (TRESTLE_TYPE_REVIEW_CARD, NULL);

  self->change = g_object_ref (change);
  fill_words (self);
  fill_differences (self, differences);
  return GTK_WIDGET (self);
}
