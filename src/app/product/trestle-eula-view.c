/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-eula-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "domain/trestle-term.h"
#include "product/trestle-clauses.h"
#include "product/trestle-differences-dialog.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

#define MAX_BYTES (2 * 1024 * 1024)

struct _TrestleEulaView
{
  GtkWidget parent_instance;

  GtkLabel *summary;
  GtkWidget *differences_button;
  GtkWidget *search_button;
  GtkWidget *separator;
  GtkScrolledWindow *scroller;
  GtkTextView *text;
  GtkEditable *search_entry;

  TrestleSession *session;
  char *uri;
  char *licence;
  char *standard;
  gboolean custom;
  GPtrArray *clauses;
  DexFuture *load;
  DexFuture *load_standard;
  int text_height;
  guint scroll;
};

enum
{
  PROP_TEXT_HEIGHT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleEulaView, trestle_eula_view, GTK_TYPE_WIDGET)

/* Once the lines have their heights: to where the cursor is. */
static gboolean
on_scroll (gpointer data)
{
  TrestleEulaView *self = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);

  self->scroll = 0;
  gtk_text_view_scroll_to_mark (self->text, gtk_text_buffer_get_insert (buffer), 0, TRUE, 0, 0);
  return G_SOURCE_REMOVE;
}

/* Marks what differs from the standard contract. */
static void
show_text (TrestleEulaView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter at;
  int first_marked = -1;

  gtk_text_buffer_set_text (buffer, "", 0);
  gtk_text_buffer_get_end_iter (buffer, &at);
  for (guint i = 0; i < self->clauses->len; i++)
    {
      const TrestleClause *clause = self->clauses->pdata[i];
      gsize start, end;

      if (i > 0)
        gtk_text_buffer_insert (buffer, &at, "\n\n", 2);
      if (clause->standard == NULL && !clause->added)
        {
          gtk_text_buffer_insert (buffer, &at, clause->text, -1);
          continue;
        }
      if (first_marked < 0)
        first_marked = gtk_text_iter_get_offset (&at);
      trestle_clause_changed_part (clause, &start, &end);
      gtk_text_buffer_insert (buffer, &at, clause->text, (int) start);
      gtk_text_buffer_insert_with_tags_by_name (buffer, &at, clause->text + start,
                                                (int) (end - start), "differs", NULL);
      gtk_text_buffer_insert (buffer, &at, clause->text + end, -1);
    }

  if (first_marked >= 0)
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &at, first_marked);
      gtk_text_buffer_place_cursor (buffer, &at);
      g_clear_handle_id (&self->scroll, g_source_remove);
      self->scroll = g_idle_add_full (G_PRIORITY_LOW, on_scroll, self, NULL);
    }
}

static void
update (TrestleEulaView *self)
{
  g_autofree char *words = NULL;
  g_autofree char *summary = NULL;
  gboolean readable = self->licence != NULL;
  guint different;

  gtk_widget_set_visible (GTK_WIDGET (self->scroller), readable);
  gtk_widget_set_visible (self->separator, readable);
  gtk_widget_set_visible (self->search_button, readable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "eula.open", self->uri != NULL);
  g_clear_pointer (&self->clauses, g_ptr_array_unref);
  if (!readable)
    {
      gtk_widget_set_visible (self->differences_button, FALSE);
      gtk_label_set_label (self->summary, self->uri != NULL ? _ ("Opens in the browser")
                                                            : _ ("The offer names no document"));
      return;
    }

  self->clauses = trestle_clauses_compare (self->licence, self->standard);
  different = trestle_clauses_count_different (self->clauses);
  words = trestle_format_count (trestle_clauses_count_words (self->licence));
  if (!self->custom)
    summary = g_strdup_printf (_ ("%s words · the standard contract"), words);
  else if (self->standard == NULL)
    summary = g_strdup_printf (_ ("%s words · the seller’s own"), words);
  else
    summary = g_strdup_printf (
        g_dngettext (NULL, "%s words · %u clause differs from the standard contract",
                     "%s words · %u clauses differ from the standard contract", different),
        words, different);
  gtk_label_set_label (self->summary, summary);
  gtk_widget_set_visible (self->differences_button, different > 0);
  show_text (self);
}

/* Returns: (transfer full) (nullable): the bytes as text, if they are text */
static char *
text_of (const GValue *value)
{
  GBytes *bytes = g_value_get_boxed (value);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size > 0 && g_utf8_validate (data, (gssize) size, NULL) ? g_strndup (data, size) : NULL;
}

static void
on_standard (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEulaView *self = owner;

  if (error != NULL)
    return;
  self->standard = text_of (value);
  update (self);
}

static void
on_licence (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEulaView *self = owner;

  if (error != NULL)
    g_debug ("No licence text: %s", error->message);
  else
    self->licence = text_of (value);
  update (self);

  /* Only the practice account has the standard contract as a text beside the others. */
  if (self->licence != NULL && self->custom && trestle_session_is_practice (self->session))
    {
      g_autofree char *standard = NULL;

      standard = g_uri_resolve_relative (self->uri, "standard.txt", G_URI_FLAGS_NONE, NULL);
      if (standard != NULL)
        trestle_watch (self, &self->load_standard,
                       trestle_session_fetch (self->session, standard, MAX_BYTES), on_standard);
    }
}

void
trestle_eula_view_set_offer (TrestleEulaView *self, TrestleSession *session, TrestleOffer *offer)
{
  GListModel *terms;

  g_return_if_fail (TRESTLE_IS_EULA_VIEW (self));

  g_set_object (&self->session, session);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->licence, g_free);
  g_clear_pointer (&self->standard, g_free);
  dex_clear (&self->load);
  dex_clear (&self->load_standard);
  self->custom = FALSE;

  terms = offer != NULL ? trestle_offer_get_terms (offer) : NULL;
  for (guint i = 0; terms != NULL && i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);
      const char *const *types = trestle_term_get_document_types (term);
      const char *const *urls = trestle_term_get_document_urls (term);

      for (guint d = 0; trestle_term_get_kind (term) == TRESTLE_TERM_KIND_LEGAL && urls != NULL
                        && types != NULL && urls[d] != NULL && types[d] != NULL;
           d++)
        if (strstr (types[d], "Eula") != NULL)
          {
            g_set_str (&self->uri, urls[d]);
            self->custom = g_str_equal (types[d], "CustomEula");
          }
    }

  update (self);
  if (self->uri != NULL)
    trestle_watch (self, &self->load, trestle_session_fetch (session, self->uri, MAX_BYTES),
                   on_licence);
}

static void
on_search_changed (TrestleEulaView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  const char *needle = gtk_editable_get_text (self->search_entry);
  GtkTextIter start, end, from, match_start, match_end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, "found", &start, &end);
  if (*needle == '\0')
    return;

  /* From the last match on, then round again. */
  gtk_text_buffer_get_iter_at_mark (buffer, &from, gtk_text_buffer_get_selection_bound (buffer));
  if (!gtk_text_iter_forward_search (&from, needle,
                                     GTK_TEXT_SEARCH_CASE_INSENSITIVE | GTK_TEXT_SEARCH_TEXT_ONLY,
                                     &match_start, &match_end, NULL)
      && !gtk_text_iter_forward_search (
          &start, needle, GTK_TEXT_SEARCH_CASE_INSENSITIVE | GTK_TEXT_SEARCH_TEXT_ONLY,
          &match_start, &match_end, NULL))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->search_entry), "error");
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->search_entry), "error");
  gtk_text_buffer_apply_tag_by_name (buffer, "found", &match_start, &match_end);
  gtk_text_buffer_place_cursor (buffer, &match_end);
  gtk_text_view_scroll_to_iter (self->text, &match_start, .1, FALSE, 0, 0);
}

static void
differences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEulaView *self = TRESTLE_EULA_VIEW (widget);

  if (self->clauses != NULL)
    adw_dialog_present (trestle_differences_dialog_new (self->clauses), widget);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEulaView *self = TRESTLE_EULA_VIEW (widget);
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (self->uri);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, NULL, NULL);
}

static void
trestle_eula_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT_HEIGHT)
    g_value_set_int (value, TRESTLE_EULA_VIEW (object)->text_height);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_eula_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleEulaView *self = TRESTLE_EULA_VIEW (object);

  if (id != PROP_TEXT_HEIGHT)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->text_height = g_value_get_int (value);
  /* The least may never be above the most, in between either. */
  gtk_scrolled_window_set_max_content_height (self->scroller, -1);
  gtk_scrolled_window_set_min_content_height (self->scroller, self->text_height);
  gtk_scrolled_window_set_max_content_height (self->scroller, self->text_height);
}

static void
trestle_eula_view_dispose (GObject *object)
{
  TrestleEulaView *self = TRESTLE_EULA_VIEW (object);

  g_clear_handle_id (&self->scroll, g_source_remove);
  dex_clear (&self->load);
  dex_clear (&self->load_standard);
  g_clear_pointer (&self->clauses, g_ptr_array_unref);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->licence, g_free);
  g_clear_pointer (&self->standard, g_free);
  g_clear_object (&self->session);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_EULA_VIEW);
  G_OBJECT_CLASS (trestle_eula_view_parent_class)->dispose (object);
}

static void
trestle_eula_view_class_init (TrestleEulaViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_eula_view_get_property;
  object_class->set_property = trestle_eula_view_set_property;
  object_class->dispose = trestle_eula_view_dispose;
  properties[PROP_TEXT_HEIGHT] = g_param_spec_int ("text-height", NULL, NULL, 76, 2000, 220,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/product/trestle-eula-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleEulaView, summary);
  gtk_widget_class_bind_template_child (widget_class, TrestleEulaView, differences_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleEulaView, search_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleEulaView, separator);
  gtk_widget_class_bind_template_child (widget_class, TrestleEulaView, scroller);
  gtk_widget_class_bind_template_child (widget_class, TrestleEulaView, text);
  gtk_widget_class_bind_template_child (widget_class, TrestleEulaView, search_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_install_action (widget_class, "eula.differences", NULL, differences_action);
  gtk_widget_class_install_action (widget_class, "eula.open", NULL, open_action);
}

static void
trestle_eula_view_init (TrestleEulaView *self)
{
  GtkTextBuffer *buffer;

  self->text_height = 220;
  gtk_widget_init_template (GTK_WIDGET (self));
  buffer = gtk_text_view_get_buffer (self->text);
  /* A translucent yellow stands out on light and dark alike. */
  gtk_text_buffer_create_tag (buffer, "differs", "background-rgba",
                              &(GdkRGBA) { .96f, .76f, .07f, .3f }, NULL);
  gtk_text_buffer_create_tag (buffer, "found", "background-rgba",
                              &(GdkRGBA) { .2f, .52f, .9f, .5f }, NULL);
  update (self);
}
